import type { Image } from '@/api/types';
import { nameInTable } from './nameInTable';

/** What a table can be sorted by. */
export type Column = 'name' | 'key' | 'guess' | 'size' | 'date';

export interface Order {
  readonly by: Column;
  readonly direction: 'ascending' | 'descending';
}

/** What one looks for first: names from A, else the most, the largest, the newest. */
const FIRST: Record<Column, Order['direction']> = {
  name: 'ascending',
  key: 'ascending',
  guess: 'descending',
  size: 'descending',
  date: 'descending',
};

/** Returns what a click on a column's head leads to: its order, then the opposite, then the gallery's own again. */
export function nextOrder(order: Order | null, by: Column): Order | null {
  if (order?.by !== by) return { by, direction: FIRST[by] };
  if (order.direction !== FIRST[by]) return null;
  return { by, direction: order.direction === 'ascending' ? 'descending' : 'ascending' };
}

const WORDS = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Returns the pictures in an order; those of which nothing is known there come last either way. */
export function sorted(images: readonly Image[], order: Order | null): readonly Image[] {
  if (order === null) return images;
  const sign = order.direction === 'ascending' ? 1 : -1;
  return images.toSorted((a, b) => compare(valueOf(a, order.by), valueOf(b, order.by), sign));
}

type Value = string | number | null;

function valueOf(image: Image, by: Column): Value {
  switch (by) {
    case 'name':
      return nameInTable(image);
    case 'key':
      return image.key;
    case 'guess':
      return image.labels[0]?.probability ?? null;
    case 'size':
      return image.size;
    case 'date':
      return Date.parse(image.created_at);
  }
}

function compare(a: Value, b: Value, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : WORDS.compare(`${a}`, `${b}`));
}
