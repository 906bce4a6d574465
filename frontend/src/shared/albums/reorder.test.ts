import { describe, expect, it } from 'vitest';
import { afterAt, reordered } from './reorder';

const order = ['a', 'b', 'c', 'd'];
const next = (moved: string[], after: string | null) =>
  reordered(
    order.map((id) => ({ id })),
    moved,
    after,
  )
    .map(({ id }) => id)
    .join('');

describe('an order that is made by hand', () => {
  it('has what is moved right behind another one, in its own order', () => {
    expect(next(['d', 'a'], 'b')).toBe('bdac');
    expect(next(['c'], null)).toBe('cabd');
    expect(next(['a'], 'd')).toBe('bcda');
  });

  it('knows behind which picture something is put', () => {
    expect(afterAt(order, ['d'], 0)).toBeNull();
    expect(afterAt(order, ['a'], 3)).toBe('c');
    expect(afterAt(order, ['a', 'c'], 3)).toBe('b');
  });

  it('is as before where something is put where it stands', () => {
    for (const place of [1, 2]) expect(afterAt(order, ['b'], place)).toBeUndefined();
    expect(afterAt(order, ['a'], -1)).toBeUndefined();
    expect(afterAt(order, ['d'], 5)).toBeUndefined();
  });
});
