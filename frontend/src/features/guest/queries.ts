import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { findPictures, hasAdded, openLink } from './link';

export const linkKey = ['link'] as const;
export const picturesKey = ['pictures'] as const;

/** Addresses of private pictures work for a quarter of an hour: lists are asked for again before. */
const FRESH_MS = 9 * 60_000;

/** What the link opens; asked once, since the owner is told how often it was opened. */
export function useLink() {
  return useQuery({
    queryKey: linkKey,
    queryFn: ({ signal }) => openLink(null, signal),
    staleTime: Infinity,
  });
}

/** The pictures that the link shows, or that this visit added, as far as they are loaded. */
export function usePictures(mine: boolean) {
  return useInfiniteQuery({
    queryKey: [...picturesKey, { mine }],
    queryFn: ({ pageParam, signal }) => findPictures(mine, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    select: ({ pages }) => pages.flatMap(({ images }) => images),
    enabled: !mine || hasAdded(),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });
}
