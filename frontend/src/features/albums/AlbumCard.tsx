import { Text } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Album } from '@/api/types';
import { daysInWords } from '@/shared/albums/words';
import { nameOfPerson } from '@/shared/people/names';
import { Picture } from '@/shared/pictures/Picture';
import { addressOf } from '@/shared/pictures/view';
import { countOf } from '@/shared/selection/useBatchTask';
import classes from './Albums.module.css';

/** An album by its cover and title, leading to its pictures. */
export function AlbumCard({ album }: { album: Album }) {
  const { cover, title, role, owner_name } = album;
  const days = daysInWords(album);
  return (
    <Link to={addressOf({ kind: 'album', album: album.id })} className={classes.card}>
      <span className={classes.cover} style={{ background: cover?.color ?? undefined }}>
        {cover ? (
          <Picture image={cover} alt="" sizes="(max-width: 36em) 50vw, 240px" loading="lazy" />
        ) : (
          <IconFolder size={40} stroke={1.25} aria-hidden />
        )}
      </span>
      <bdi className={classes.name}>{title}</bdi>
      <Text span size="sm" c="dimmed">
        {[
          countOf(album.count),
          ...(days === null ? [] : [days]),
          ...(role !== 'owner' && owner_name ? [`by ${nameOfPerson(owner_name)}`] : []),
          ...(role === 'owner' && album.visibility === 'public' ? ['public'] : []),
        ].join(' · ')}
      </Text>
    </Link>
  );
}
