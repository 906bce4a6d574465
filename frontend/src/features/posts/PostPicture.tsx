import { Link, useLocation } from 'react-router';
import type { Image } from '@/api/types';
import { backdropOf } from '@/shared/pictures/backdrop';
import { Picture } from '@/shared/pictures/Picture';
import { nameOf } from '@/shared/pictures/words';
import classes from './Posts.module.css';

/** A picture as wide as its post, leading to all that is known of it. */
export function PostPicture({ image }: { image: Image }) {
  const { pathname } = useLocation();
  const { width, height } = image;
  const shape = width && height ? `${width} / ${Math.min(height, width * 1.25)}` : '4 / 3';
  return (
    <Link
      to={`/images/${image.id}`}
      state={{ back: pathname }}
      className={classes.picture}
      style={{ aspectRatio: shape, ...backdropOf(image) }}
    >
      <Picture
        image={image}
        sizes="(max-width: 35rem) 100vw, 33rem"
        alt={nameOf(image)}
        loading="lazy"
        decoding="async"
      />
    </Link>
  );
}
