import type { Album } from '@/api/types';

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** Writes from when to when the pictures of an album were taken; null where it has none. */
export function daysInWords({ from, to }: Pick<Album, 'from' | 'to'>): string | null {
  return from === null || to === null ? null : DAY.formatRange(new Date(from), new Date(to));
}
