import { useEffect, useLayoutEffect, useRef } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';
import type { Month } from '@/shared/pictures/months';
import { placeOf } from '@/shared/pictures/useAddressOfPicture';
import type { Line } from './lines';

/** Where one is among months: in which, and how many CSS pixels below its heading. */
interface Place {
  readonly month: Month;
  readonly below: number;
}

const NAME = 'place in months';

/**
 * Comes back, after a reload, to the month where one was.
 *
 * The browser and the router keep a distance from the top, which means nothing before it is known how high each month is.
 */
export function usePlaceInMonths(lines: readonly Line[], starts: readonly number[], top: number): void {
  const key = placeOf(useLocation());
  const isBack = useNavigationType() === NavigationType.Pop;
  const done = useRef(false);
  useLayoutEffect(() => {
    if (done.current) return;
    done.current = true;
    const place = isBack ? kept(key) : null;
    const line = lines.findIndex(({ month }) => month === place?.month);
    if (place && line >= 0) window.scrollTo(0, (starts[line] ?? 0) + top + place.below);
  });
  useEffect(() => {
    const keep = () => {
      const y = window.scrollY - top;
      const at = starts.findLastIndex((start) => start <= y);
      const month = lines[at]?.month ?? null;
      const first = lines.findIndex((line) => line.month === month);
      if (month === null || window.scrollY === 0) sessionStorage.removeItem(NAME);
      else sessionStorage.setItem(NAME, JSON.stringify({ key, month, below: y - (starts[first] ?? 0) }));
    };
    window.addEventListener('pagehide', keep);
    return () => window.removeEventListener('pagehide', keep);
  }, [key, lines, starts, top]);
}

/** Returns once what was kept for an entry of the history. */
function kept(key: string): Place | null {
  const text = sessionStorage.getItem(NAME);
  sessionStorage.removeItem(NAME);
  if (text === null) return null;
  const place = JSON.parse(text) as Place & { key: string };
  return place.key === key ? place : null;
}
