import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import type { ImagePage } from '@/api/types';
import { imagesOf, listKey } from './cache';
import { listImages } from './listImages';
import { useOwnerFilter } from './useOwnerFilter';

type Pages = InfiniteData<ImagePage, string | null>;

const flatten = (list: Pages) => imagesOf(list);

// Addresses of private pictures work for a quarter of an hour.
const PRIVATE_FOR = 10 * 60_000;

/** The pictures that the address asks for, newest first, as far as they were scrolled to. */
export function useImages() {
  const owner = useOwnerFilter();
  return useInfiniteQuery({
    queryKey: listKey(owner),
    queryFn: ({ pageParam, signal }) => listImages(owner, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    select: flatten,
    refetchInterval: ({ state: { data } }) => (holdsPrivate(data) ? PRIVATE_FOR : false),
  });
}

function holdsPrivate(list: Pages | undefined): boolean {
  return imagesOf(list).some(({ visibility }) => visibility === 'private');
}
