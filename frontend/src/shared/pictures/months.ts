import type { Image } from '@/api/types';

/** A month of the calendar as the gallery writes it: `2024-07`. */
export type Month = string;

const NAME = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** The month in which a picture was taken, by the clock of the place. */
export function monthOf({ taken_at }: Pick<Image, 'taken_at'>): Month {
  return taken_at.slice(0, 'YYYY-MM'.length);
}

/** The first and the last day of a month: `2024-02-01` and `2024-02-29`. */
export function daysOf(month: Month): { from: string; to: string } {
  const last = new Date(`${month}-01T00:00:00Z`);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return { from: `${month}-01`, to: last.toISOString().slice(0, 'YYYY-MM-DD'.length) };
}

/** Writes a month in the browser's language: `July 2024`. */
export function monthInWords(month: Month): string {
  const first = new Date(`${month}-01T00:00:00Z`);
  return Number.isNaN(first.getTime()) ? month : NAME.format(first);
}

/** Compares by when pictures were taken, the newest first; those of one second by their ids. */
export function byTaken(a: Image, b: Image): number {
  if (a.taken_at !== b.taken_at) return a.taken_at < b.taken_at ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
