import {
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  type InfiniteData,
} from '@tanstack/react-query';
import type { Total, Understood } from '@/api/types';
import { imagesOf, listKey } from './cache';
import { findPage } from './findPage';
import type { Match, PicturePage } from './page';
import { useView, type View } from './view';

type Pages = InfiniteData<PicturePage, string | null>;

// Addresses of private pictures work for a quarter of an hour.
const PRIVATE_FOR = 10 * 60_000;

// What was found doesn't change under the hands of who looks at it.
const FOUND = {
  staleTime: 5 * 60_000,
  refetchOnMount: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
};

function optionsOf(view: View) {
  return infiniteQueryOptions({
    queryKey: listKey(view),
    queryFn: ({ pageParam, signal }) => findPage(view, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state: { data } }) => (holdsPrivate(data) ? PRIVATE_FOR : false),
    ...(view.kind === 'search' && { placeholderData: keepPreviousData }),
    ...((view.kind === 'search' || view.kind === 'similar') && FOUND),
  });
}

/** The pictures that the address asks for, as far as they were scrolled to; nothing is asked for unless it is `enabled`. */
export function useImages(enabled = true) {
  return useInfiniteQuery({ ...optionsOf(useView()), select: imagesOf, enabled });
}

/** How well each of these pictures fits what was searched for, by its id. */
export function useMatches(): ReadonlyMap<string, Match> {
  return (
    useInfiniteQuery({ ...optionsOf(useView()), select: matchesOf, refetchInterval: false }).data ?? NONE
  );
}

/** From which score on pictures fit what was searched for, and what else that may have meant. */
export function useAnswer(): Answer {
  return (
    useInfiniteQuery({ ...optionsOf(useView()), select: answerOf, refetchInterval: false }).data ?? NO_ANSWER
  );
}

interface Answer {
  readonly floor: number;
  readonly corrected: string | null;
  readonly understood: readonly Understood[];
  readonly total: Total | null;
}

const NO_ANSWER: Answer = { floor: 0, corrected: null, understood: [], total: null };

function answerOf({ pages: [first] }: Pages): Answer {
  return {
    floor: first?.floor ?? 0,
    corrected: first?.corrected ?? null,
    understood: first?.understood ?? [],
    total: first?.total ?? null,
  };
}

const NONE: ReadonlyMap<string, Match> = new Map();

function matchesOf({ pages }: Pages): ReadonlyMap<string, Match> {
  return new Map(pages.flatMap(({ matches }) => Object.entries(matches ?? {})));
}

function holdsPrivate(list: Pages | undefined): boolean {
  return imagesOf(list).some(({ visibility }) => visibility === 'private');
}
