import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useTop } from '@/shared/useTop';
import type { Entry } from './entries';
import type { Row } from './rows';

interface Windowed {
  /** What holds the rows. */
  readonly list: RefObject<HTMLElement | null>;
  readonly rows: readonly Row<Entry>[];
  /** What a row takes besides its pictures' height, in CSS pixels. */
  readonly beside: number;
  /** The row that is drawn wherever one scrolls, since it has the focus; below 0 for none. */
  readonly kept: number;
}

/**
 * Says which rows to draw: those in the window, and as much again above and below it. Heights are known before a row is drawn.
 *
 * What is uppermost stays so. A library for lists of any
 * kind measures rows as well, which the grid does not need, and is larger than what is done here by 4.5 kB.
 */
export function useWindowedRows({ list, rows, beside, kept }: Windowed) {
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
  useSamePlace(rows, starts, top);
  const [first, last] = measure();
  const length = Math.max(0, Math.min(last + 1, rows.length) - first);
  const drawn = Array.from({ length }, (_, index) => first + index);
  if (kept >= 0 && kept < rows.length && !drawn.includes(kept)) drawn.push(kept);
  return { drawn: drawn.sort((a, b) => a - b), starts, total: starts[rows.length] ?? 0, top, show };
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

/**
 * Keeps what is uppermost in the window where it is seen, whatever is laid out anew above it: after the width has changed, or
 * where more is known of pictures that had only a place so far.
 */
function useSamePlace(rows: readonly Row<Entry>[], starts: readonly number[], top: number): void {
  const drawn = useRef({ rows, starts });
  useLayoutEffect(() => {
    const before = drawn.current;
    drawn.current = { rows, starts };
    const y = window.scrollY - top;
    if (before.starts === starts || y <= 0) return;
    const [from, to] = [rowAt(before.starts, y), rowAt(before.starts, y + window.innerHeight)];
    // What is in the window, or else what is nearest above it.
    const places = [...Array(to + 1).keys()];
    for (const place of [...places.slice(from), ...places.slice(0, from).reverse()]) {
      const name = nameOf(before.rows[place]);
      const now = name === null ? -1 : rows.findIndex((row) => bears(row, name));
      if (now < 0) continue;
      const moved = (starts[now] ?? 0) - (before.starts[place] ?? 0);
      if (moved !== 0) window.scrollBy({ top: moved, behavior: 'instant' });
      return;
    }
  });
}

/** What a row is known by, whatever else it holds: the key of its first picture, or the name that it has without any. */
function nameOf(row: Row<Entry> | undefined): string | null {
  return row?.name ?? row?.placed[0]?.item.key ?? null;
}

function bears({ name, placed }: Row<Entry>, sought: string): boolean {
  return name === sought || placed.some(({ item }) => item.key === sought);
}
