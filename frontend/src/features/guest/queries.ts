import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { findPictures, openLink } from './link';

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

/** How often and how many times pictures that were just added are asked for. */
const AWAITED_MS = 3000;
const MOST_TIMES = 60;

interface Asked {
  /** What this visit added, instead of what the link shows. */
  readonly mine: boolean;
  /** Whether the link lets one have them. */
  readonly enabled: boolean;
  /** Ids of pictures that are on their way. */
  readonly awaited?: readonly string[];
}

/** Pictures of the album, as far as they are loaded; those that are awaited are asked for until they are there. */
export function usePictures({ mine, enabled, awaited = [] }: Asked) {
  return useInfiniteQuery({
    queryKey: [...picturesKey, { mine }],
    queryFn: ({ pageParam, signal }) => findPictures(mine, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    select: ({ pages }) => pages.flatMap(({ images }) => images),
    enabled,
    staleTime: FRESH_MS,
    refetchInterval: ({ state }) => {
      const images = state.data?.pages.flatMap((page) => page.images) ?? [];
      const shown = new Set(images.filter(({ urls }) => urls.small).map(({ id }) => id));
      const missing = awaited.some((id) => !shown.has(id));
      return missing && state.dataUpdateCount < MOST_TIMES ? AWAITED_MS : FRESH_MS;
    },
  });
}
