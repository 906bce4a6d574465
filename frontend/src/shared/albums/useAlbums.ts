import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Album, AlbumChange } from '@/api/types';
import { listKey } from '@/shared/pictures/cache';
import { albumKey } from '@/shared/pictures/useAlbum';
import { changeAlbum, createAlbum, listAlbums, type Shelf } from './albums';
import { albumsKey } from './keys';

/** Albums, as far as they were scrolled to. */
export function useAlbums(shelf: Shelf, enabled = true) {
  return useInfiniteQuery({
    queryKey: [...albumsKey, 'list', shelf],
    queryFn: ({ pageParam, signal }) => listAlbums(shelf, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    select: ({ pages }) => pages.flatMap(({ albums }) => albums),
    enabled,
  });
}

/** Makes an empty album. */
export function useCreateAlbum(onMade: (album: Album) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: createAlbum,
    onSuccess: (album) => {
      client.setQueryData(albumKey(album.id), album);
      void client.invalidateQueries({ queryKey: [...albumsKey, 'list'] });
      onMade(album);
    },
  });
}

/** Changes an album; one that was changed meanwhile is read anew, so that the next attempt is on what is shown. */
export function useChangeAlbum() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ album, change }: { album: Album; change: AlbumChange }) => changeAlbum(album, change),
    onSuccess: (album) => {
      client.setQueryData(albumKey(album.id), album);
      void client.invalidateQueries({ queryKey: [...albumsKey, 'list'] });
      void client.invalidateQueries({ queryKey: listKey({ kind: 'album', album: album.id }) });
    },
    onError: (_, { album }) => client.invalidateQueries({ queryKey: albumKey(album.id) }),
  });
}
