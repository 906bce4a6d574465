import type { Row } from './rows';

interface Keyed {
  readonly key: string;
}

/** Returns what an arrow key leads to from one of the rows' items; null where it leads nowhere. */
export function neighbourOf<Item extends Keyed>(
  rows: readonly Row<Item>[],
  from: string | null,
  arrow: string,
): Item | null {
  const row = rows.findIndex(({ placed }) => placed.some(({ item }) => item.key === from));
  const place = rows[row]?.placed.findIndex(({ item }) => item.key === from) ?? -1;
  if (place < 0) return null;
  switch (arrow) {
    case 'ArrowLeft':
      return rows[row]?.placed[place - 1]?.item ?? rows[row - 1]?.placed.at(-1)?.item ?? null;
    case 'ArrowRight':
      return rows[row]?.placed[place + 1]?.item ?? rows[row + 1]?.placed[0]?.item ?? null;
    case 'ArrowUp':
      return nearest(rows[row - 1], middleOf(rows[row], place));
    case 'ArrowDown':
      return nearest(rows[row + 1], middleOf(rows[row], place));
    default:
      return null;
  }
}

/** Returns how far the middle of an item is from the beginning of its row, without the gaps between items. */
function middleOf<Item>(row: Row<Item> | undefined, place: number): number {
  return (row?.placed ?? []).slice(0, place + 1).reduce((sum, { width }, index) => {
    return sum + (index === place ? width / 2 : width);
  }, 0);
}

function nearest<Item>(row: Row<Item> | undefined, middle: number): Item | null {
  const distances = row?.placed.map((_, place) => Math.abs(middleOf(row, place) - middle)) ?? [];
  return row?.placed[distances.indexOf(Math.min(...distances))]?.item ?? null;
}
