import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Album } from '@/api/types';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { NewAlbumForm } from './NewAlbumForm';
import { useAlbums } from './useAlbums';

/** Lets one choose an album to which one may add pictures, or name a new one. */
export function AlbumChoice({ onChosen }: { onChosen: (album: Album) => void }) {
  const [own, others] = [useAlbums('own'), useAlbums('others')];
  const albums = useMemo(
    () => [...(own.data ?? []), ...(others.data ?? []).filter(({ role }) => role === 'contributor')],
    [own.data, others.data],
  );
  return (
    <Stack gap="md">
      {own.isPending && <Skeleton height={96} role="status" aria-label="Loading your albums" />}
      {own.isError && (
        <ErrorNotice
          title="Your albums could not be loaded"
          error={own.error}
          retry={() => void own.refetch()}
        />
      )}
      <Stack gap="xs" role="list" aria-label="Your albums">
        {albums.map((album) => (
          <div key={album.id} role="listitem">
            <Button
              variant="default"
              fullWidth
              justify="space-between"
              rightSection={
                <Text span size="sm" c="dimmed">
                  {album.count.toLocaleString('en')}
                </Text>
              }
              onClick={() => onChosen(album)}
            >
              {album.title}
            </Button>
          </div>
        ))}
      </Stack>
      {own.hasNextPage && (
        <Button variant="subtle" loading={own.isFetching} onClick={() => void own.fetchNextPage()}>
          More albums
        </Button>
      )}
      <NewAlbumForm onMade={onChosen} />
    </Stack>
  );
}
