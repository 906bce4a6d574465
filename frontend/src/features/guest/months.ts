import type { Image } from '@/api/types';

/** The pictures of one month, in their order. */
export interface Month {
  readonly key: string;
  /** Null where pictures are not in the order of their dates. */
  readonly name: string | null;
  readonly images: readonly Image[];
}

const NAME = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Divides pictures, newest first, by the month that the clock showed where each was taken. */
export function monthsOf(images: readonly Image[]): Month[] {
  const months = new Map<string, Image[]>();
  for (const image of images) {
    const key = image.taken_at.slice(0, 7);
    months.set(key, [...(months.get(key) ?? []), image]);
  }
  return [...months].map(([key, taken]) => ({
    key,
    name: NAME.format(Date.parse(`${key}-01`)),
    images: taken,
  }));
}

/** Returns pictures in an order of their own as one part without a name. */
export function undivided(images: readonly Image[]): Month[] {
  return images.length === 0 ? [] : [{ key: 'all', name: null, images }];
}
