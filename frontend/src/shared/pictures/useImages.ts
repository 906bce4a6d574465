import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { imagesOf, listKey } from './cache';
import { findPage } from './findPage';
import type { PicturePage } from './page';
import { useView } from './view';

type Pages = InfiniteData<PicturePage, string | null>;

const flatten = (list: Pages) => imagesOf(list);

// Addresses of private pictures work for a quarter of an hour.
const PRIVATE_FOR = 10 * 60_000;

/** The pictures that the address asks for, as far as they were scrolled to. */
export function useImages() {
  const view = useView();
  return useInfiniteQuery({
    queryKey: listKey(view),
    queryFn: ({ pageParam, signal }) => findPage(view, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    select: flatten,
    refetchInterval: ({ state: { data } }) => (holdsPrivate(data) ? PRIVATE_FOR : false),
  });
}

function holdsPrivate(list: Pages | undefined): boolean {
  return imagesOf(list).some(({ visibility }) => visibility === 'private');
}
