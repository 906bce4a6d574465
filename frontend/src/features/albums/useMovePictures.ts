import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Album } from '@/api/types';
import { movePictures } from '@/shared/albums/order';
import { reordered } from '@/shared/albums/reorder';
import { imagesOf, listKey, type Pages } from '@/shared/pictures/cache';
import { notifyFailure } from '@/shared/selection/notifyOutcome';

interface Move {
  readonly ids: readonly string[];
  /** Behind which picture they go, null for first of all. */
  readonly after: string | null;
}

/** Moves pictures within an album that is ordered by hand: at once on the page, then in the gallery, one move after the other. */
export function useMovePictures(album: Album | undefined) {
  const client = useQueryClient();
  const key = listKey({ kind: 'album', album: album?.id ?? '' });
  return useMutation({
    mutationKey: [...key, 'order'],
    scope: { id: `order of ${album?.id ?? ''}` },
    mutationFn: async ({ ids, after }: Move) => {
      const [reason] = (await movePictures(album?.id ?? '', ids, after)).values();
      if (reason !== undefined) throw new Error(reason);
    },
    onMutate: async ({ ids, after }) => {
      await client.cancelQueries({ queryKey: key });
      client.setQueryData<Pages>(key, (list) => list && inOrder(list, ids, after));
    },
    onError: (error) => notifyFailure('Not all pictures were moved', error),
    // The answer of a list that was asked for between two moves would undo the second.
    onSettled: () =>
      client.isMutating({ mutationKey: [...key, 'order'] }) === 1
        ? client.invalidateQueries({ queryKey: key })
        : undefined,
  });
}

/** Returns the pages of a list with some of its pictures elsewhere; each page keeps its length. */
function inOrder(list: Pages, ids: readonly string[], after: string | null): Pages {
  const images = reordered(imagesOf(list), ids, after);
  let from = 0;
  const pages = list.pages.map((page) => {
    const start = from;
    from += page.images.length;
    return { ...page, images: images.slice(start, from) };
  });
  return { ...list, pages };
}
