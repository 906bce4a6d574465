import { Text } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Image, PictureCount } from '@/api/types';
import { imagesKey } from '@/shared/pictures/cache';
import { findImages } from '@/shared/pictures/findImages';
import { Picture } from '@/shared/pictures/Picture';
import { nameOf } from '@/shared/pictures/words';
import classes from './Analytics.module.css';

/** The pictures that were voted on one way, most voted first. */
export function VotedPictures({ title, votes }: { title: string; votes: readonly PictureCount[] }) {
  const ids = votes.map(({ image_id }) => image_id);
  const { data } = useQuery({
    queryKey: [...imagesKey, 'these', ids],
    queryFn: ({ signal }) => findImages(ids, signal),
    enabled: ids.length > 0,
    select: (images) => new Map(images.map((image) => [image.id, image])),
  });
  if (votes.length === 0) return null;
  return (
    <section>
      <h3 className={classes.subtitle}>{title}</h3>
      <ul className={classes.pictures}>
        {votes.map(({ image_id, count }) => (
          <li key={image_id}>
            <Thumbnail image={data?.get(image_id)} known={data !== undefined} />
            <Text span size="sm" className={classes.figure}>
              {count} {count === 1 ? 'vote' : 'votes'}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A small picture that leads to the large one; one that is no longer there is said to be gone. */
function Thumbnail({ image, known }: { image: Image | undefined; known: boolean }) {
  if (!image?.urls.small) {
    return (
      <span className={classes.thumbnail}>
        {known && (
          <>
            <IconPhotoOff size={20} stroke={1.5} aria-hidden />
            <Text span size="xs">
              {image ? nameOf(image) : 'Gone'}
            </Text>
          </>
        )}
      </span>
    );
  }
  return (
    <Link to={`/images/${image.id}`} className={classes.thumbnail}>
      <Picture image={image} box={{ width: 160, height: 160 }} alt={nameOf(image)} loading="lazy" />
    </Link>
  );
}
