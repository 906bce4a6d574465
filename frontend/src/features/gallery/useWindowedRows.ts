import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useTop } from '@/shared/useTop';
import type { Entry } from './entries';
import type { Row } from './rows';

interface Windowed {
  /** What holds the rows. */
  readonly list: RefObject<HTMLElement | null>;
  readonly rows: readonly Row<Entry>[];
  readonly width: number;
  /** What a row takes besides its pictures' height, in CSS pixels. */
  readonly beside: number;
  /** The row that is drawn wherever one scrolls, since it has the focus; below 0 for none. */
  readonly kept: number;
}

/**
 * Says which rows to draw: those in the window, and as much again above and below it. Heights are known before a row is drawn.
 *
 * When the width changes all rows are broken anew, and the picture that was uppermost stays so. A library for lists of any
 * kind measures rows as well, which the grid does not need, and is larger than what is done here by 4.5 kB.
 */
export function useWindowedRows({ list, rows, width, beside, kept }: Windowed) {
  const top = useTop(list);
  const starts = useMemo(() => startsOf(rows, beside), [rows, beside]);
  const measure = useCallback((): readonly [number, number] => {
    const from = window.scrollY - top - window.innerHeight;
    return [rowAt(starts, from), rowAt(starts, from + 3 * window.innerHeight)];
  }, [starts, top]);
  const [, setRange] = useState(measure);
  useEffect(() => {
    const update = () =>
      setRange((before) => {
        const now = measure();
        return now[0] === before[0] && now[1] === before[1] ? before : now;
      });
    window.addEventListener('scroll', update, { passive: true });
    window.addEventListener('resize', update);
    return () => {
      window.removeEventListener('scroll', update);
      window.removeEventListener('resize', update);
    };
  }, [measure]);
  const show = useCallback(
    (row: number) => {
      const [start, end] = [(starts[row] ?? 0) + top, (starts[row + 1] ?? 0) + top];
      if (start < window.scrollY || end > window.scrollY + window.innerHeight)
        window.scrollTo(0, start - window.innerHeight / 4);
    },
    [starts, top],
  );
  useSamePlace(rows, width, starts, top);
  const [first, last] = measure();
  const length = Math.max(0, Math.min(last + 1, rows.length) - first);
  const drawn = Array.from({ length }, (_, index) => first + index);
  if (kept >= 0 && kept < rows.length && !drawn.includes(kept)) drawn.push(kept);
  return { drawn: drawn.sort((a, b) => a - b), starts, total: starts[rows.length] ?? 0, show };
}

/** Returns where each row begins, and last where the rows end. */
function startsOf(rows: readonly Row<Entry>[], beside: number): number[] {
  const starts = [0];
  for (const { height } of rows) starts.push((starts.at(-1) ?? 0) + Math.round(height) + beside);
  return starts;
}

/** Returns the row at some distance from the beginning, by halving. */
function rowAt(starts: readonly number[], distance: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= distance) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Scrolls, after the width has changed, to the picture that was uppermost. */
function useSamePlace(
  rows: readonly Row<Entry>[],
  width: number,
  starts: readonly number[],
  top: number,
): void {
  const drawn = useRef({ rows, width, starts });
  useLayoutEffect(() => {
    const before = drawn.current;
    drawn.current = { rows, width, starts };
    if (before.width === width) return;
    const uppermost = before.rows[rowAt(before.starts, window.scrollY - top)]?.placed[0]?.item.key;
    const place = rows.findIndex(({ placed }) => placed.some(({ item }) => item.key === uppermost));
    if (place > 0) window.scrollTo(0, (starts[place] ?? 0) + top);
  });
}
