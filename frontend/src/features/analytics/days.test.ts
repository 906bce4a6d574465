import { describe, expect, it } from 'vitest';
import { spansOf, sumOf } from './days';

const day = (date: string, positive = 1, negative = 0) => ({ date, positive, negative });

describe('votes over time', () => {
  it('are laid out day by day up to today, over two weeks at least', () => {
    const spans = spansOf(
      [day('2026-11-20', 3, 1), day('2026-11-20', 1, 1), day('2026-11-18')],
      '2026-11-21',
    );
    expect(spans).toHaveLength(14);
    expect(spans[0]).toEqual({ from: '2026-11-08', to: '2026-11-08', positive: 0, negative: 0 });
    expect(spans.at(-2)).toEqual({ from: '2026-11-20', to: '2026-11-20', positive: 4, negative: 2 });
    expect(spans.at(-1)?.to).toBe('2026-11-21');
  });

  it('are laid out week by week over a year, none of them lost', () => {
    const spans = spansOf([day('2025-11-21', 2), day('2026-03-01', 0, 5), day('2026-11-21')], '2026-11-21');
    expect(spans).toHaveLength(53);
    expect(spans.at(-1)).toEqual({ from: '2026-11-15', to: '2026-11-21', positive: 1, negative: 0 });
    expect(sumOf(spans.map(({ to, positive, negative }) => ({ date: to, positive, negative })))).toEqual({
      positive: 3,
      negative: 5,
    });
  });

  it('reach into a day that has begun elsewhere already', () => {
    expect(spansOf([day('2026-11-22')], '2026-11-21').at(-1)).toMatchObject({
      to: '2026-11-22',
      positive: 1,
    });
  });

  it('are none at first', () => {
    expect(sumOf([])).toEqual({ positive: 0, negative: 0 });
    expect(spansOf([], '2026-11-21').every(({ positive }) => positive === 0)).toBe(true);
  });
});
