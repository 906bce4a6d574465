import { lazy, Suspense, useEffect, useMemo, useRef } from 'react';
import type { Arriving } from '@/shared/pictures/arriving';
import { monthInWords, type Month } from '@/shared/pictures/months';
import type { PicturesOfMonth } from '@/shared/pictures/useMonths';
import type { Selection } from '@/shared/selection/selection';
import type { Entry } from './entries';
import classes from './Gallery.module.css';
import { entriesOfMonth, linesOf, sectionsOf, type Line } from './lines';
import { MonthHeading } from './MonthHeading';
import { GridRow, roomIn, rowWith, TITLE, useOpenPicture } from './PhotoGrid';
import { useArrowKeys } from './useArrowKeys';
import { useDragChoosing } from './useDragChoosing';
import { useOpenMonth } from './useOpenMonth';
import { usePlaceInMonths } from './usePlaceInMonths';
import { useWidth } from './useWidth';
import { useWindowedRows } from './useWindowedRows';

/** It stands beside the pictures, which come first. */
const Scrubber = lazy(async () => ({ default: (await import('./Scrubber')).Scrubber }));

interface MonthGridProps {
  months: readonly PicturesOfMonth[];
  /** What is on its way, before any picture. */
  early: readonly Entry[];
  arriving: readonly Arriving[];
  selection: Selection;
  /** Asks for the pictures of months. */
  onAsk: (months: readonly Month[]) => void;
  /** Selects all pictures of a month, or none of them. */
  onChoose: (month: Month, isChosen: boolean) => void;
}

/** The height of a heading, as Gallery.module.css has it. */
const HEADING = 52;
/** How long one stays somewhere before the pictures of that place are asked for, in milliseconds. */
const PAUSE_MS = 120;

/** The pictures by month, each under its heading; of all of them the page has only what is seen, and some around. */
export function MonthGrid(props: MonthGridProps) {
  const [width, mount] = useWidth();
  return <div ref={mount}>{width !== null && <Months {...props} width={width} />}</div>;
}

function Months({ months, early, arriving, width, ...props }: MonthGridProps & { width: number }) {
  const list = useRef<HTMLDivElement>(null);
  const room = useMemo(() => roomIn(width), [width]);
  const beside = TITLE + room.spacing;
  const lines = useMemo(() => {
    const entries = new Map(
      months.map(({ month, images }) => [month, entriesOfMonth(images, arriving)] as const),
    );
    return linesOf(early, months, entries, room, { heading: HEADING, beside });
  }, [early, months, arriving, room, beside]);
  const rows = useMemo(() => lines.filter(({ placed }) => placed.length > 0), [lines]);
  const focused = useArrowKeys(list, rows);
  const kept = useMemo(() => rowWith(lines, ({ key }) => key === focused), [lines, focused]);
  const { drawn, starts, total, top, show } = useWindowedRows({ list, rows: lines, beside, kept });
  useOpenPicture(lines, show);
  useOpenMonth(months, props.onAsk);
  useAsked(unknownAmong(lines, drawn), props.onAsk);
  usePlaceInMonths(lines, starts, top);
  const drag = useDragChoosing(props.selection);
  return (
    <>
      <div ref={list} className={classes.grid} style={{ height: total }} {...drag}>
        {sectionsOf(lines, drawn).map(({ month, places }) => (
          <SectionOfMonth
            key={month ?? ''}
            {...props}
            month={months.find((one) => one.month === month) ?? null}
            places={places}
            lines={lines}
            starts={starts}
            spacing={room.spacing}
          />
        ))}
      </div>
      <Suspense>
        <Scrubber lines={lines} starts={starts} top={top} />
      </Suspense>
    </>
  );
}

interface SectionOfMonthProps extends Pick<MonthGridProps, 'selection' | 'onChoose'> {
  /** Null for what is on its way. */
  month: PicturesOfMonth | null;
  /** Which lines are drawn. */
  places: readonly number[];
  lines: readonly Line[];
  starts: readonly number[];
  spacing: number;
}

function SectionOfMonth({ month, places, lines, starts, spacing, selection, onChoose }: SectionOfMonthProps) {
  const drawn = places.map((place) => ({ line: lines[place], start: starts[place] ?? 0 }));
  const ofKind = (kind: Line['kind']) => drawn.filter(({ line }) => line?.kind === kind);
  const [heading] = ofKind('heading');
  return (
    <section aria-label={month ? monthInWords(month.month) : 'On their way'}>
      {month && heading && (
        <MonthHeading month={month} top={heading.start} selection={selection} onChoose={onChoose} />
      )}
      {ofKind('row').length > 0 && (
        <div role="list" aria-label="Pictures" aria-busy={!month?.complete}>
          {ofKind('row').map(
            ({ line, start }) =>
              line && (
                <GridRow
                  key={line.placed[0]?.item.key}
                  row={line}
                  start={start}
                  spacing={spacing}
                  count={month?.count ?? -1}
                  selection={selection}
                />
              ),
          )}
        </div>
      )}
      {ofKind('rest').map(({ line, start }) => (
        <div key="rest" className={classes.rest} style={{ top: start, height: line?.height }} />
      ))}
    </section>
  );
}

/** Returns the months of which not all pictures are here that would be seen. */
function unknownAmong(lines: readonly Line[], drawn: readonly number[]): Month[] {
  return drawn.flatMap((place) => {
    const line = lines[place];
    return line?.kind === 'rest' && line.month !== null ? [line.month] : [];
  });
}

/** Asks for months once one stays where they are seen: whoever passes by needs nothing of them. */
function useAsked(months: readonly Month[], onAsk: MonthGridProps['onAsk']): void {
  const names = months.join(' ');
  useEffect(() => {
    if (names === '') return;
    const timer = setTimeout(() => onAsk(names.split(' ')), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [names, onAsk]);
}
