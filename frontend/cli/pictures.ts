import { expectData } from '@/api/answers';
import type { Image, Reason } from '@/api/types';
import type { Gallery } from './gallery';

const PAGE = 100;
const IDS_PER_REQUEST = 100;

/** Which pictures to list; at most one of these. */
export interface Choice {
  label?: string;
  owner?: string;
  status?: Image['status'];
  archived?: true;
  trashed?: true;
  album?: string;
}

export interface Match {
  image: Image;
  score: number;
  why: Reason[];
}

/** From which score on pictures fit, and what else the words may have meant. */
export interface Answer {
  floor: number;
  corrected: string | null;
}

interface Page<Item> {
  items: Item[];
  next_cursor: string | null;
}

/** GET /api/images: pages of the pictures chosen, newest first. */
export function listPages(gallery: Gallery, choice: Choice, most: number): AsyncGenerator<Image[]> {
  return pages(gallery, most, async (cursor, limit) => {
    const query = { ...choice, limit, ...(cursor !== null && { cursor }) };
    const { images, next_cursor } = await expectData(gallery.api.GET('/api/images', { params: { query } }));
    return { items: images, next_cursor };
  });
}

/** GET /api/search: pages of what fits some words at least as well as asked for, best first. */
export function searchPages(
  gallery: Gallery,
  words: string,
  least: number | undefined,
  most: number,
  onAnswer: (answer: Answer) => void,
): AsyncGenerator<Match[]> {
  return pages(gallery, most, async (cursor, limit) => {
    const query = { query: words, limit, min_score: least, ...(cursor !== null && { cursor }) };
    const { results, next_cursor, floor, corrected } = await expectData(
      gallery.api.GET('/api/search', { params: { query } }),
    );
    onAnswer({ floor, corrected: corrected ?? null });
    return { items: results, next_cursor };
  });
}

/** Yields the pages of a list until its end, or until there are so many items. */
export async function* pages<Item>(
  gallery: Gallery,
  most: number,
  ask: (cursor: string | null, limit: number) => Promise<Page<Item>>,
): AsyncGenerator<Item[]> {
  let cursor: string | null = null;
  let left = most;
  do {
    const after: string | null = cursor;
    const page: Page<Item> = await gallery.withRetry(() => ask(after, Math.min(PAGE, left)));
    yield page.items;
    left -= page.items.length;
    cursor = page.next_cursor;
  } while (cursor !== null && left > 0);
}

/** GET /api/images?ids=: those of the pictures that exist, by their ids. */
export async function findPictures(gallery: Gallery, ids: readonly string[]): Promise<Map<string, Image>> {
  const byId = new Map<string, Image>();
  for (let from = 0; from < ids.length; from += IDS_PER_REQUEST) {
    const query = { ids: ids.slice(from, from + IDS_PER_REQUEST).join(',') };
    const { images } = await gallery.withRetry(() =>
      expectData(gallery.api.GET('/api/images', { params: { query } })),
    );
    images.forEach((image) => byId.set(image.id, image));
  }
  return byId;
}
