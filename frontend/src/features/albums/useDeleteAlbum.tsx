import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Album } from '@/api/types';
import { deleteAlbum } from '@/shared/albums/albums';
import { albumsKey } from '@/shared/albums/keys';
import { albumKey } from '@/shared/pictures/useAlbum';
import { askToConfirm } from '@/shared/dialogs';
import { isolated } from '@/shared/pictures/words';
import { notifyFailure } from '@/shared/selection/notifyOutcome';

/** Returns a function that asks whether an album shall go, and deletes it if so; its pictures stay. */
export function useDeleteAlbum(onDeleted: () => void): (album: Album) => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ id }: Album) => deleteAlbum(id),
    onSuccess: (_, { id }) => {
      onDeleted();
      client.removeQueries({ queryKey: albumKey(id) });
      void client.invalidateQueries({ queryKey: [...albumsKey, 'list'] });
    },
    onError: (error) => notifyFailure('The album was not deleted', error),
  });
  return (album) => {
    void askToConfirm({
      title: `Delete “${isolated(album.title)}”?`,
      children: (
        <Text size="sm">
          The album and its links end for everybody. Its pictures stay in the gallery, each with who sees it
          now.
        </Text>
      ),
      labels: { confirm: 'Delete the album', cancel: 'Keep' },
      confirmProps: { color: 'red.8' },
      onConfirm: () => mutate(album),
    });
  };
}
