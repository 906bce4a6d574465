import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AlbumLink, LinkChange, NewLink } from '@/api/types';
import { albumsKey } from '@/shared/albums/keys';
import { changeLink, createLink, endLink, findLinks } from '@/shared/albums/links';

const linksKey = (albumId: string) => [...albumsKey, 'links', albumId] as const;

/** The links that open an album at present. */
export function useLinks(albumId: string) {
  return useQuery({
    queryKey: linksKey(albumId),
    queryFn: ({ signal }) => findLinks(albumId, signal),
    staleTime: 0,
  });
}

interface Making {
  readonly link: NewLink;
  /** What ends as soon as the new one is there. */
  readonly instead: AlbumLink | null;
}

/** Makes a link, in the place of another one if so asked: should ending that fail, it is still in the list. */
export function useMakeLink(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ link, instead }: Making) => {
      const made = await createLink(albumId, link);
      const ended = instead === null ? true : await endLink(albumId, instead.link_id).then(isSo, isNotSo);
      return { made, ended };
    },
    onSettled: () => client.invalidateQueries({ queryKey: linksKey(albumId) }),
  });
}

const isSo = () => true;
const isNotSo = () => false;

/** Changes what a link opens and allows. */
export function useChangeLink(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ link, change }: { link: AlbumLink; change: LinkChange }) =>
      changeLink(albumId, link.link_id, change),
    onSettled: () => client.invalidateQueries({ queryKey: linksKey(albumId) }),
  });
}

/** Makes a link open nothing any more. */
export function useEndLink(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ link_id }: AlbumLink) => endLink(albumId, link_id),
    onSuccess: (_, ended) =>
      client.setQueryData<AlbumLink[]>(linksKey(albumId), (links) =>
        links?.filter(({ link_id }) => link_id !== ended.link_id),
      ),
  });
}
