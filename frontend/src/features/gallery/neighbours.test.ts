import { describe, expect, it } from 'vitest';
import { neighbourOf } from './neighbours';
import { rowsOf } from './rows';

describe('arrow keys in the grid', () => {
  // Rows: a b c (each 100 wide), d (300 wide), e f (150 wide each).
  const ratios: Record<string, number> = { a: 1, b: 1, c: 1, d: 3, e: 1.5, f: 1.5 };
  const items = Object.keys(ratios).map((key) => ({ key }));
  const rows = rowsOf(items, ({ key }) => ratios[key] ?? 1, { width: 300, spacing: 0, target: 100 }, true);

  it.each([
    ['a', 'ArrowRight', 'b'],
    ['c', 'ArrowRight', 'd'],
    ['d', 'ArrowLeft', 'c'],
    ['a', 'ArrowLeft', undefined],
    ['f', 'ArrowRight', undefined],
    ['a', 'ArrowDown', 'd'],
    ['d', 'ArrowUp', 'b'],
    ['f', 'ArrowUp', 'd'],
    ['b', 'ArrowUp', undefined],
    ['e', 'ArrowDown', undefined],
    ['a', 'Enter', undefined],
    ['z', 'ArrowRight', undefined],
  ])('lead from %s by %s to %s', (from, arrow, to) => {
    expect(rows.map(({ placed }) => placed.length)).toEqual([3, 1, 2]);
    expect(neighbourOf(rows, from, arrow)?.key).toBe(to);
  });
});
