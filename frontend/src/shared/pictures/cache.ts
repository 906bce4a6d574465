import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Image } from '@/api/types';
import { byTaken, monthOf, type Month } from './months';
import type { PicturePage } from './page';
import type { View } from './view';

/** The pages of a list as they are kept. */
export type Pages = InfiniteData<PicturePage, string | null>;

/** Everything that is remembered of pictures. */
export const imagesKey = ['images'] as const;

const listsKey = ['images', 'list'] as const;

/** The pictures of a view; its pages are kept under this key. */
export const listKey = (view: View) => [...listsKey, view] as const;

/** The pictures of a view that were taken in a month; under `NEWEST` the first of all, whenever that was. */
export const monthKey = (view: View, month: Month) => [...listsKey, view, month] as const;

/** Stands for the newest pictures by when they were taken, before it is known of which months there are any. */
export const NEWEST = 'newest';

/** How many pictures of a view were taken in which month. */
export const timelineKey = (view: View) => ['images', 'timeline', view] as const;

/** All lists of one's own that are no owner's. */
export const shelvesKey = [...listsKey, { kind: 'shelf' }] as const;

/** What a list by age goes by; a picture on its way is neither archived nor in the trash. */
type Listed = Pick<Image, 'owner' | 'visibility'> & Partial<Pick<Image, 'archived' | 'trashed_at'>>;

/**
 * Whether a picture has its place in a view by its age: among all that are public, or among all that are an owner's.
 *
 * What is archived or in the trash has none.
 */
export function belongs({ owner, visibility, archived, trashed_at }: Listed, view: View): boolean {
  if (archived || trashed_at) return false;
  switch (view.kind) {
    case 'all':
      return visibility === 'public';
    case 'owner':
      return owner === view.owner;
    default:
      return false;
  }
}

/** One picture by itself. */
export const imageKey = (id: string) => ['images', 'one', id] as const;

/** Shows what is newly known of pictures wherever they are shown; newcomers take their place in the list. */
export function rememberImages(client: QueryClient, images: readonly Image[]): void {
  for (const image of images) {
    client.setQueryData(imageKey(image.id), image);
  }
  changeLists(client, (list, view, month) =>
    isByAge(view) ? withImages(list, images, placeIn(view, month)) : withNews(list, images),
  );
  void client.invalidateQueries({ queryKey: ['images', 'timeline'], refetchType: 'active' });
}

/** Takes a picture out of everything that shows it. */
export function forgetImage(client: QueryClient, id: string): void {
  changeLists(client, (list) => withoutImage(list, id));
  client.removeQueries({ queryKey: imageKey(id) });
}

/** Forgets what was found by some words, so that it is looked for anew. */
export function forgetSearches(client: QueryClient, query: string): void {
  const matches = (view: View) => view.kind === 'search' && view.query === query;
  client.removeQueries({ queryKey: listsKey, predicate: ({ queryKey }) => matches(queryKey[2] as View) });
}

/** Returns the pictures of all pages in their order, each once (a page may repeat what came in by another way). */
export function imagesOf(list: Pages | undefined): Image[] {
  const images = list?.pages.flatMap((page) => page.images) ?? [];
  return [...new Map(images.map((image) => [image.id, image])).values()];
}

/** Returns a picture that a list holds already. */
export function findInLists(client: QueryClient, id: string): Image | undefined {
  const lists = client.getQueriesData<Pages>({ queryKey: listsKey });
  return lists.flatMap(([, list]) => imagesOf(list)).find((image) => image.id === id);
}

function changeLists(
  client: QueryClient,
  change: (list: Pages, view: View, month: Month | undefined) => Pages,
): void {
  for (const [key, list] of client.getQueriesData<Pages>({ queryKey: listsKey })) {
    if (list) client.setQueryData(key, change(list, key[2] as View, key[3] as Month | undefined));
  }
}

/** Which pictures have their place in a list, and in which order. */
interface Place {
  readonly holds: (image: Image) => boolean;
  readonly compare: (a: Image, b: Image) => number;
}

function placeIn(view: View, month: Month | undefined): Place {
  if (month === undefined)
    return { holds: (image) => belongs(image, view), compare: (a, b) => (a.id < b.id ? 1 : -1) };
  const isIn = (image: Image) => month === NEWEST || monthOf(image) === month;
  return {
    holds: (image) => belongs(image, view) && image.status !== 'failed' && isIn(image),
    compare: byTaken,
  };
}

function isByAge({ kind }: View): boolean {
  return kind === 'all' || kind === 'owner';
}

/** What was found by words, likeness or label is as it was found; only what is said of each picture is new. */
function withNews(list: Pages, images: readonly Image[]): Pages {
  const news = new Map(images.map((image) => [image.id, image]));
  return mapPages(list, (images) => images.map((image) => news.get(image.id) ?? image));
}

function withImages(list: Pages, images: readonly Image[], { holds, compare }: Place): Pages {
  const gone = new Set(images.filter((image) => !holds(image)).map(({ id }) => id));
  const news = new Map(images.filter(holds).map((image) => [image.id, image]));
  const { pages } = mapPages(list, (images) =>
    images.filter(({ id }) => !gone.has(id)).map((image) => takeOut(news, image.id) ?? image),
  );
  const [first, ...rest] = pages;
  if (!first || news.size === 0) {
    return { ...list, pages };
  }
  const newestFirst = [...news.values(), ...first.images].sort(compare);
  return { ...list, pages: [{ ...first, images: newestFirst }, ...rest] };
}

function takeOut(news: Map<string, Image>, id: string): Image | undefined {
  const image = news.get(id);
  news.delete(id);
  return image;
}

function withoutImage(list: Pages, id: string): Pages {
  return mapPages(list, (images) => images.filter((image) => image.id !== id));
}

function mapPages(list: Pages, change: (images: Image[]) => Image[]): Pages {
  return { ...list, pages: list.pages.map((page) => ({ ...page, images: change(page.images) })) };
}
