import { IconPhotoOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Image } from '@/api/types';
import { Picture } from '@/shared/pictures/Picture';
import { nameOf } from '@/shared/pictures/words';
import classes from './Administration.module.css';

/** A small picture that leads to the large one, or the sign that there is none to see. */
export function Thumbnail({ image }: { image: Image | null }) {
  if (!image)
    return (
      <span className={classes.thumbnail}>
        <IconPhotoOff size={24} stroke={1.5} aria-label="Nothing to see" />
      </span>
    );
  return (
    <Link to={`/images/${image.id}`} className={classes.thumbnail} aria-label={nameOf(image)}>
      {image.urls.small ? (
        <Picture image={image} box={{ width: 80, height: 80 }} alt="" loading="lazy" />
      ) : (
        <IconPhotoOff size={24} stroke={1.5} aria-hidden />
      )}
    </Link>
  );
}
