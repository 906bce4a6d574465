import type { Image } from '@/api/types';
import type { Month } from '@/shared/pictures/months';
import type { PicturesOfMonth } from '@/shared/pictures/useMonths';
import type { Arriving } from '@/shared/pictures/arriving';
import { ratioOf, type Entry } from './entries';
import { rowsOf, type Room, type Row } from './rows';

/** A row of the grid, the heading of a month, or the room that pictures will take which are not here yet. */
export interface Line extends Row<Entry> {
  /** The month that it belongs to; null for pictures on their way. */
  readonly month: Month | null;
  readonly kind: 'row' | 'heading' | 'rest';
}

/** The height of a month's heading, and what every line takes besides its height, in CSS pixels. */
export interface Extents {
  readonly heading: number;
  readonly beside: number;
}

/** Of how many rows it is known what rows are like as a rule. */
const ENOUGH_ROWS = 6;

/** Returns the tiles of a month; a picture that was sent from this page keeps the key of its upload. */
export function entriesOfMonth(images: readonly Image[], arriving: readonly Arriving[]): Entry[] {
  const byId = new Map(arriving.map((upload) => [upload.imageId, upload]));
  return images.map((image) => {
    const own = byId.get(image.id) ?? null;
    return { key: own?.key ?? image.id, image, arriving: own };
  });
}

/** Lays out months below each other, each under its heading; what is not here yet takes as much room as it will, about. */
export function linesOf(
  early: readonly Entry[],
  months: readonly PicturesOfMonth[],
  entries: ReadonlyMap<Month, readonly Entry[]>,
  room: Room,
  extents: Extents,
): Line[] {
  const rows = months.map(({ month, complete }) => rowsOf(entries.get(month) ?? [], ratioOf, room, complete));
  // The first full rows say it: they stay as others come, and so does the room kept for all that is not here yet.
  const full = rows.flatMap((ofMonth, place) => (months[place]?.complete ? ofMonth.slice(0, -1) : ofMonth));
  const usual = usualRow(full.slice(0, ENOUGH_ROWS), room);
  return [
    ...rowsOf(early, ratioOf, room, true).map((row) => ({ ...row, month: null, kind: 'row' as const })),
    ...months.flatMap((one, place) => linesOfMonth(one, rows[place] ?? [], usual, extents)),
  ];
}

/** How many pictures a row holds as a rule, and how high it is. */
interface UsualRow {
  readonly count: number;
  readonly height: number;
}

function linesOfMonth(
  { month, count, complete }: PicturesOfMonth,
  rows: readonly Row<Entry>[],
  usual: UsualRow,
  { heading, beside }: Extents,
): Line[] {
  const left = complete ? 0 : count - rows.reduce((sum, { placed }) => sum + placed.length, 0);
  const height = Math.ceil(left / usual.count) * (usual.height + beside) - beside;
  return [
    { name: `heading ${month}`, height: heading - beside, placed: [], month, kind: 'heading' },
    ...rows.map((row) => ({ ...row, month, kind: 'row' as const })),
    ...(left > 0 ? [{ height, placed: [], month, kind: 'rest' as const }] : []),
  ];
}

/** Returns what rows are like as a rule: as those that are laid out, before there are any as with pictures of 3 : 2. */
function usualRow(rows: readonly Row<Entry>[], room: Room): UsualRow {
  const known: readonly Row<unknown>[] =
    rows.length > 0 ? rows : rowsOf(Array<number>(100).fill(3 / 2), (ratio) => ratio, room, false);
  const mean = (sizeOf: (row: Row<unknown>) => number) =>
    known.reduce((sum, row) => sum + sizeOf(row), 0) / Math.max(1, known.length);
  return { count: mean(({ placed }) => placed.length), height: mean(({ height }) => height) };
}

/** Lines that belong to one month, and lie below each other. */
export interface Section {
  readonly month: Month | null;
  readonly places: readonly number[];
}

/** Groups lines, by their places from above, by month. */
export function sectionsOf(lines: readonly Line[], drawn: readonly number[]): Section[] {
  const sections: { month: Month | null; places: number[] }[] = [];
  for (const place of drawn) {
    const month = lines[place]?.month ?? null;
    const last = sections.at(-1);
    if (last?.month === month) last.places.push(place);
    else sections.push({ month, places: [place] });
  }
  return sections;
}
