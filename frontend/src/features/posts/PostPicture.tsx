import { Link, useLocation } from 'react-router';
import type { Image } from '@/api/types';
import { backdropOf } from '@/shared/pictures/backdrop';
import { nameOf } from '@/shared/pictures/words';
import classes from './Posts.module.css';

/** A picture as wide as its post, leading to all that is known of it. */
export function PostPicture({ image }: { image: Image }) {
  const { pathname } = useLocation();
  const { width, height, urls } = image;
  const shape = width && height ? `${width} / ${Math.min(height, width * 1.25)}` : '4 / 3';
  return (
    <Link
      to={`/images/${image.id}`}
      state={{ back: pathname }}
      className={classes.picture}
      style={{ aspectRatio: shape, ...backdropOf(image) }}
    >
      {urls.small && (
        <img
          src={urls.small}
          srcSet={sizesOf(image)}
          sizes="(max-width: 35rem) 100vw, 33rem"
          alt={nameOf(image)}
          loading="lazy"
          decoding="async"
        />
      )}
    </Link>
  );
}

const SMALL = 400;
const LARGE = 1600;

/** Both renditions with their widths, which follow from their longest sides. */
function sizesOf({ width, height, urls }: Image): string | undefined {
  if (!urls.small || !urls.large || !width || !height) return undefined;
  const widthOf = (longest: number) => Math.round(width * Math.min(1, longest / Math.max(width, height)));
  return `${urls.small} ${widthOf(SMALL)}w, ${urls.large} ${widthOf(LARGE)}w`;
}
