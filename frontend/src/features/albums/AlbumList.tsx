import { Skeleton, Text } from '@mantine/core';
import type { Album } from '@/api/types';
import type { useAlbums } from '@/shared/albums/useAlbums';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { AlbumCard } from './AlbumCard';
import classes from './Albums.module.css';

interface AlbumListProps {
  list: Pick<ReturnType<typeof useAlbums>, 'isPending' | 'isError' | 'error' | 'refetch'>;
  albums: readonly Album[] | undefined;
  label: string;
  /** What is written where there are none. */
  none: string;
}

/** Albums by their covers, or what there is in their place. */
export function AlbumList({ list, albums, label, none }: AlbumListProps) {
  if (albums === undefined && list.isError)
    return (
      <ErrorNotice
        title="The albums could not be loaded"
        error={list.error}
        retry={() => void list.refetch()}
      />
    );
  if (albums === undefined) return <Skeleton height={160} role="status" aria-label={`Loading: ${label}`} />;
  if (albums.length === 0) return <Text c="dimmed">{none}</Text>;
  return (
    <ul className={classes.albums} aria-label={label}>
      {albums.map((album) => (
        <li key={album.id}>
          <AlbumCard album={album} />
        </li>
      ))}
    </ul>
  );
}
