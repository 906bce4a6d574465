import { describe, expect, it } from 'vitest';
import { anImage } from '@/testing/anImage';
import { byTaken, daysOf, monthInWords, monthOf } from './months';

describe('a month', () => {
  it.each([
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2023-02', '2023-02-01', '2023-02-28'],
    ['2009-12', '2009-12-01', '2009-12-31'],
    ['0001-01', '0001-01-01', '0001-01-31'],
  ])('%s has its days', (month, from, to) => {
    expect(daysOf(month)).toEqual({ from, to });
  });

  it('is called as people call it, whatever their zone', () => {
    expect(monthInWords('2024-07')).toBe('July 2024');
  });

  it('is that of the clock where a picture was taken', () => {
    expect(monthOf({ taken_at: '2019-12-31T23:59:59' })).toBe('2019-12');
  });

  it('has its newest pictures first, and a fixed order within a second', () => {
    const at = (id: string, taken_at: string) => anImage({ id, taken_at });
    const sorted = [
      at('1', '2024-07-01T00:00:00'),
      at('2', '2024-07-02T00:00:00'),
      at('3', '2024-07-01T00:00:00'),
    ];
    expect(sorted.sort(byTaken).map(({ id }) => id)).toEqual(['2', '3', '1']);
  });
});
