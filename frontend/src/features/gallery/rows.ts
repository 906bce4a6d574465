/** Something in a row, and how wide it is drawn there. */
export interface Placed<Item> {
  readonly item: Item;
  /** Its place among all items. */
  readonly index: number;
  readonly width: number;
}

/** Items beside each other, all of one height. Lengths are CSS pixels. */
export interface Row<Item> {
  /** What it is known by where it holds nothing. */
  readonly name?: string;
  readonly height: number;
  readonly placed: readonly Placed<Item>[];
}

/** The room that rows fill. */
export interface Room {
  readonly width: number;
  /** Between two items of a row. */
  readonly spacing: number;
  /** How high rows are about. */
  readonly target: number;
}

/**
 * Breaks items, each of some ratio of width to height, into rows that fill the width.
 *
 * A row ends where its height comes nearest to the target, which depends on no later item than the first of the next
 * row: as more items are appended, rows stay as they are. The last row is not full: it comes only where the list `ends`.
 */
export function rowsOf<Item>(
  items: readonly Item[],
  ratioOf: (item: Item) => number,
  room: Room,
  ends: boolean,
): Row<Item>[] {
  const ratios = items.map(ratioOf);
  const rows: Row<Item>[] = [];
  let [first, sum] = [0, 0];
  ratios.forEach((ratio, index) => {
    const [before, after] = [
      heightOf(sum, index - first, room),
      heightOf(sum + ratio, index + 1 - first, room),
    ];
    if (after > room.target) {
      sum += ratio;
    } else if (before - room.target < room.target - after) {
      rows.push(rowOf(items, ratios, first, index, before));
      [first, sum] = [index, ratio];
    } else {
      rows.push(rowOf(items, ratios, first, index + 1, after));
      [first, sum] = [index + 1, 0];
    }
  });
  if (ends && first < items.length) {
    const height = Math.min(heightOf(sum, items.length - first, room), room.target);
    rows.push(rowOf(items, ratios, first, items.length, height));
  }
  return rows;
}

/** Returns how high a row is that fills the width; without items it is endless. */
function heightOf(sumOfRatios: number, count: number, { width, spacing }: Room): number {
  return count === 0 ? Infinity : (width - (count - 1) * spacing) / sumOfRatios;
}

function rowOf<Item>(
  items: readonly Item[],
  ratios: readonly number[],
  from: number,
  to: number,
  height: number,
): Row<Item> {
  const placed = items.slice(from, to).map((item, place) => {
    const index = from + place;
    return { item, index, width: height * (ratios[index] ?? 1) };
  });
  return { height, placed };
}
