import { useQueries, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { api, expectData } from '@/api/client';
import type { Image, MonthCount } from '@/api/types';
import { imagesOf, monthKey, NEWEST, timelineKey, type Pages } from './cache';
import { filterOf } from './findPage';
import { useLayout } from './layout';
import { completed, FIRST_PAGE, LISTED_FIELDS } from './listed';
import { listImages, type Only } from './listImages';
import { daysOf, monthOf, type Month } from './months';
import type { PicturePage } from './page';
import { useAlbum } from './useAlbum';
import { useImages } from './useImages';
import { hasMonths, useView, type View } from './view';

/** A view that the gallery counts by month. */
type Dated = View & { kind: 'all' | 'owner' | 'album' | 'shelf' };

/** The pictures of a month, as far as they are here. */
export interface PicturesOfMonth {
  readonly month: Month;
  /** How many there are, as the gallery counts them. */
  readonly count: number;
  readonly images: readonly Image[];
  /** Whether these are all. */
  readonly complete: boolean;
}

const FRESH_MS = 5 * 60_000;
const KEPT_MS = 60 * 60_000;
const MOST_PER_PAGE = 100;
/** How many months are kept up to date; others are asked for anew once one comes back to them. */
const MOST_MONTHS = 36;

/** Which months of a view were asked for, the newest asked last; shared by all that show its pictures. */
const asked = createStore<{ readonly view: View | null; readonly months: readonly Month[] }>(() => ({
  view: null,
  months: [],
}));

function isSame(a: View | null, b: View): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Asks for all pictures of some months, from now on. */
function askFor(view: View, months: readonly Month[]): void {
  asked.setState((before) => {
    const known = isSame(before.view, view) ? before.months : [];
    if (months.every((month) => known.includes(month)))
      return isSame(before.view, view) ? before : { view, months: known };
    const others = known.filter((month) => !months.includes(month));
    return { view, months: [...others, ...months].slice(-MOST_MONTHS) };
  });
}

/** GET /api/timeline: how many pictures of a view were taken in which month, the newest first. */
async function findTimeline(view: Dated, signal: AbortSignal): Promise<MonthCount[]> {
  const query = filterOf(view);
  return (await expectData(api.GET('/api/timeline', { params: { query }, signal }))).months;
}

/** Fetches a page by when pictures were taken, as much of each as the grid shows. */
async function listDated(only: Only, cursor: string | null, signal: AbortSignal): Promise<PicturePage> {
  const page = await listImages(
    { limit: FIRST_PAGE, order: 'taken', fields: LISTED_FIELDS, ...only },
    cursor,
    signal,
  );
  return { ...page, images: page.images.map(completed) };
}

/** Fetches all pictures of a month, page after page; what is there already can be shown. */
async function findMonth(
  client: QueryClient,
  view: Dated,
  month: Month,
  signal: AbortSignal,
): Promise<Pages> {
  const key = monthKey(view, month);
  const isNew = client.getQueryData(key) === undefined;
  const pages: PicturePage[] = [];
  let cursor: string | null = null;
  do {
    const only = { ...filterOf(view), ...daysOf(month), limit: MOST_PER_PAGE };
    const page: PicturePage = await listDated(only, cursor, signal);
    pages.push(page);
    cursor = page.next_cursor;
    if (isNew && cursor !== null) client.setQueryData<Pages>(key, { pages: [...pages], pageParams: [] });
  } while (cursor !== null);
  return { pages, pageParams: [] };
}

function optionsOf(client: QueryClient, view: Dated, month: Month) {
  return {
    queryKey: monthKey(view, month),
    queryFn: ({ signal }: { signal: AbortSignal }) => findMonth(client, view, month, signal),
    staleTime: FRESH_MS,
    gcTime: KEPT_MS,
    refetchOnWindowFocus: false,
  };
}

/** Returns the view that the address asks for where its pictures are shown by month: in a grid, unless the order is another one. */
export function useDatedView(): Dated | null {
  const inOrder = useViewInOrder();
  const [layout] = useLayout();
  const view = layout === 'grid' ? inOrder : null;
  const { data, errorUpdateCount } = useTimeline(view);
  // A gallery that doesn't count is shown as a list, also while it is asked once more.
  const isCounted = data !== undefined || errorUpdateCount === 0;
  return isCounted ? view : null;
}

/** Returns the view where its pictures are in the order in which they were taken: in an album that is its owner's choice. */
function useViewInOrder(): Dated | null {
  const view = useView();
  const { data: album } = useAlbum(view.kind === 'album' ? view.album : null);
  if (view.kind === 'album') return album?.order === 'taken' ? view : null;
  return hasMonths(view) && view.order === undefined ? view : null;
}

function useTimeline(view: Dated | null) {
  return useQuery({
    queryKey: timelineKey(view ?? { kind: 'all' }),
    queryFn: ({ signal }) => findTimeline(view ?? { kind: 'all' }, signal),
    enabled: view !== null,
    staleTime: FRESH_MS,
  });
}

function useNewest(view: Dated | null) {
  return useQuery({
    queryKey: monthKey(view ?? { kind: 'all' }, NEWEST),
    queryFn: async ({ signal }): Promise<Pages> => {
      const only = { ...filterOf(view ?? { kind: 'all' }), limit: FIRST_PAGE };
      return { pages: [await listDated(only, null, signal)], pageParams: [] };
    },
    enabled: view !== null,
  });
}

/**
 * The pictures of a view by month, the newest first: how many there are, and as many of them as were asked for.
 *
 * The newest ones are asked for at once with the months.
 */
export function useMonths(view: Dated | null) {
  const client = useQueryClient();
  const timeline = useTimeline(view);
  const newest = useNewest(view);
  const months = useStore(asked, (state) => (view && isSame(state.view, view) ? state.months : NONE));
  const lists = useQueries({
    queries: view ? months.map((month) => optionsOf(client, view, month)) : [],
    combine: dataOf,
  });
  const first = newest.data;
  const counts = timeline.data;
  const all = useMemo(
    () => monthsOf(counts, first, new Map(months.map((month, index) => [month, lists[index]]))),
    [counts, first, months, lists],
  );
  const ask = useCallback(
    (names: readonly Month[]) => {
      if (view) askFor(view, names);
    },
    [view],
  );
  const whole = useCallback(
    async (month: Month) => {
      if (view === null) return [];
      askFor(view, [month]);
      return imagesOf(await client.query(optionsOf(client, view, month)));
    },
    [client, view],
  );
  return {
    months: all,
    ask,
    whole,
    isPending: timeline.isPending || newest.isPending,
    error: newest.error,
    refetch: newest.refetch,
  };
}

const NONE: readonly Month[] = [];

function dataOf(results: readonly { readonly data: Pages | undefined }[]) {
  return results.map(({ data }) => data);
}

/** Lays out what is known: the months that the gallery counts, and those of pictures that came since. */
function monthsOf(
  counts: readonly MonthCount[] | undefined,
  newest: Pages | undefined,
  lists: ReadonlyMap<Month, Pages | undefined>,
): PicturesOfMonth[] {
  const early = imagesOf(newest);
  const counted = new Map(counts?.map(({ month, count }) => [month, count]));
  const names = new Set([...counted.keys(), ...early.map(monthOf)]);
  return [...names]
    .sort()
    .reverse()
    .map((month) => {
      const list = lists.get(month);
      const images = list ? imagesOf(list) : early.filter((image) => monthOf(image) === month);
      const count = Math.max(counted.get(month) ?? 0, images.length);
      const complete = list ? list.pages.at(-1)?.next_cursor === null : images.length >= count;
      return { month, count, images, complete };
    })
    .filter(({ complete, images }) => !complete || images.length > 0);
}

/** The pictures of the view that are here, in its order, by month or in a list. */
export function useShownImages(): readonly Image[] | undefined {
  const view = useDatedView();
  const list = useImages(view === null);
  const { months } = useMonths(view);
  return view === null ? list.data : months.flatMap(({ images }) => images);
}
