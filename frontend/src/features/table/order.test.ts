import { describe, expect, it } from 'vitest';
import { anImage } from '@/testing/anImage';
import { nextOrder, sorted, type Column } from './order';

const guess = (probability: number) => [{ label: 'dog', probability, source: 'model' as const }];
const b = anImage({
  id: 'b',
  filename: 'Dog 10.jpg',
  size: 5,
  labels: guess(0.3),
  created_at: '2026-11-20T10:00:00Z',
});
const a = anImage({
  id: 'a',
  filename: 'dog 9.jpg',
  size: 70,
  labels: [],
  created_at: '2026-11-19T10:00:00Z',
});
const c = anImage({
  id: 'c',
  title: 'Älpler',
  size: null,
  labels: guess(0.9),
  created_at: '2026-11-21T10:00:00Z',
});

describe('a table', () => {
  it.each<[Column, 'ascending' | 'descending', string]>([
    ['name', 'ascending', 'cab'],
    ['name', 'descending', 'bac'],
    ['key', 'ascending', 'abc'],
    ['guess', 'descending', 'cba'],
    ['guess', 'ascending', 'bca'],
    ['size', 'descending', 'abc'],
    ['size', 'ascending', 'bac'],
    ['date', 'descending', 'cba'],
  ])('is sorted by %s, %s, what is not known last', (by, direction, ids) => {
    expect(
      sorted([b, a, c], { by, direction })
        .map(({ id }) => id)
        .join(''),
    ).toBe(ids);
  });

  it('goes from the useful order over its opposite back to the gallery’s own', () => {
    const first = nextOrder(null, 'size');
    const second = nextOrder(first, 'size');
    expect([first?.direction, second?.direction, nextOrder(second, 'size')]).toEqual([
      'descending',
      'ascending',
      null,
    ]);
    expect(nextOrder(second, 'name')).toEqual({ by: 'name', direction: 'ascending' });
    expect(sorted([b, a, c], null)).toEqual([b, a, c]);
  });
});
