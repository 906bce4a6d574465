import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import type { ImagePage } from '@/api/types';
import { imagesOf, listKey } from './cache';
import { listImages } from './listImages';

const flatten = (list: InfiniteData<ImagePage, string | null>) => imagesOf(list);

/** The gallery's pictures, newest first, as far as they were scrolled to. */
export function useImages() {
  return useInfiniteQuery({
    queryKey: listKey,
    queryFn: ({ pageParam, signal }) => listImages(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    select: flatten,
  });
}
