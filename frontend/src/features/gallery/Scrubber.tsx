import { useEffect, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { monthInWords, type Month } from '@/shared/pictures/months';
import type { Line } from './lines';
import classes from './Scrubber.module.css';

interface ScrubberProps {
  lines: readonly Line[];
  starts: readonly number[];
  /** How far below the beginning of the page the first line stands. */
  top: number;
}

/** A month, and where it begins. */
interface Stop {
  readonly month: Month;
  readonly start: number;
}

/** From how many windows' height on it is worth its place. */
const WORTH = 2;
/** How near two years may stand to each other, in per cent of the track. */
const NEAR = 3;

/** Goes to any month in one movement: by pointer, finger or keyboard. */
export function Scrubber({ lines, starts, top }: ScrubberProps) {
  const total = starts.at(-1) ?? 0;
  const stops = useMemo(() => stopsOf(lines, starts), [lines, starts]);
  const at = useStopInView(stops, top);
  const [dragged, setDragged] = useState(false);
  const current = stops[at];
  if (current === undefined || stops.length < 2 || total < WORTH * window.innerHeight) return null;
  const go = (place: number) => {
    const stop = stops[Math.min(Math.max(place, 0), stops.length - 1)];
    if (stop)
      window.scrollTo({ top: stop === stops[0] ? 0 : stop.start + top - header(), behavior: 'instant' });
  };
  const goTo = ({ clientY, currentTarget }: PointerEvent) => {
    const { top: above, height } = currentTarget.getBoundingClientRect();
    const distance = Math.min(Math.max((clientY - above) / height, 0), 1) * total;
    go(stops.findLastIndex(({ start }) => start <= distance));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Month"
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={stops.length - 1}
      aria-valuenow={at}
      aria-valuetext={monthInWords(current.month)}
      className={classes.track}
      data-dragged={dragged || undefined}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged(true);
        goTo(event);
      }}
      onPointerMove={(event) => dragged && goTo(event)}
      onPointerUp={() => setDragged(false)}
      onPointerCancel={() => setDragged(false)}
      onKeyDown={(event) => turn(event, stops, placeInView(stops, top), go)}
    >
      {yearsOf(stops, total).map(({ year, percent }) => (
        <span key={year} className={classes.year} style={{ top: `${percent}%` }} aria-hidden>
          {year}
        </span>
      ))}
      <span className={classes.thumb} style={{ top: `${(100 * current.start) / total}%` }} aria-hidden>
        <span className={classes.month}>{monthInWords(current.month)}</span>
      </span>
    </div>
  );
}

/** Moves by keys as sliders do: a month by arrows, a year by pages, to either end. */
function turn(event: KeyboardEvent, stops: readonly Stop[], at: number, go: (place: number) => void): void {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowRight: at + 1,
    ArrowUp: at - 1,
    ArrowLeft: at - 1,
    PageDown: stops.findIndex(({ month }) => yearOf(month) < yearOf(stops[at]?.month ?? '')),
    PageUp: stops.findIndex(
      ({ month }) => Number(yearOf(month)) <= Number(yearOf(stops[at]?.month ?? '')) + 1,
    ),
    Home: 0,
    End: stops.length - 1,
  };
  const next = steps[event.key];
  if (next === undefined) return;
  event.preventDefault();
  go(next < 0 && event.key === 'PageDown' ? stops.length - 1 : next);
}

function stopsOf(lines: readonly Line[], starts: readonly number[]): Stop[] {
  return lines.flatMap(({ kind, month }, place) =>
    kind === 'heading' && month !== null ? [{ month, start: starts[place] ?? 0 }] : [],
  );
}

/** Returns the years and where they begin, leaving out those for which there is no room. */
function yearsOf(stops: readonly Stop[], total: number): { year: string; percent: number }[] {
  const years: { year: string; percent: number }[] = [];
  for (const { month, start } of stops) {
    const [year, percent] = [yearOf(month), (100 * start) / total];
    const last = years.at(-1);
    if (last === undefined || (last.year !== year && percent - last.percent >= NEAR))
      years.push({ year, percent });
  }
  return years;
}

function yearOf(month: Month): string {
  return month.slice(0, 'YYYY'.length);
}

/** Returns the place of the month that is uppermost in the window, now. */
function placeInView(stops: readonly Stop[], top: number): number {
  const y = window.scrollY - top + header() + 1;
  const place = stops.findLastIndex(({ start }) => start <= y);
  return Math.max(0, place);
}

/** Returns the same as one scrolls. */
function useStopInView(stops: readonly Stop[], top: number): number {
  const [, setY] = useState(0);
  useEffect(() => {
    const update = () => setY(Math.round(window.scrollY));
    window.addEventListener('scroll', update, { passive: true });
    return () => window.removeEventListener('scroll', update);
  }, []);
  return placeInView(stops, top);
}

/** How much of the window is behind the page's header, in CSS pixels, as page.css has it. */
function header(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
}
