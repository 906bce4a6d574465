import { useEffect, useMemo, useRef, type ComponentType } from 'react';
import { useMatch } from 'react-router';
import type { Image } from '@/api/types';
import type { Selection } from '@/shared/selection/selection';
import { idOf, ratioOf, type Entry } from './entries';
import classes from './Gallery.module.css';
import { rowsOf, type Placed, type Room, type Row } from './rows';
import { Tile } from './Tile';
import { useArrowKeys } from './useArrowKeys';
import { useDragChoosing } from './useDragChoosing';
import { useReordering, type OnMove } from './useReordering';
import { useWidth } from './useWidth';
import { useWindowedRows } from './useWindowedRows';

export type FootOfTile = ComponentType<{ image: Image }>;

interface PhotoGridProps {
  entries: readonly Entry[];
  /** Whether others are about to take their place. */
  busy: boolean;
  /** Whether more of them are to come. */
  more: boolean;
  selection: Selection;
  Foot?: FootOfTile;
  /** Moves pictures within their order, where it is made by hand. */
  onMove?: OnMove | undefined;
}

/** What a tile's title takes beneath its picture: two lines and a gap, as Tile.module.css has it. */
export const TITLE = 45;

/** All tiles in rows that fill the width; of these the page has only those that are seen, and some around them. */
export function PhotoGrid(props: PhotoGridProps) {
  const [width, mount] = useWidth();
  return <div ref={mount}>{width !== null && <Rows {...props} width={width} />}</div>;
}

function Rows({ entries, busy, more, selection, Foot, onMove, width }: PhotoGridProps & { width: number }) {
  const list = useRef<HTMLDivElement>(null);
  const room = useMemo(() => roomIn(width), [width]);
  const rows = useMemo(() => rowsOf(entries, ratioOf, room, !more), [entries, room, more]);
  const focused = useArrowKeys(list, rows);
  const kept = useMemo(() => rowWith(rows, ({ key }) => key === focused), [rows, focused]);
  const beside = TITLE + room.spacing;
  const { drawn, starts, total, show } = useWindowedRows({ list, rows, beside, kept });
  const drag = useDragChoosing(selection);
  const order = useMemo(() => entries.flatMap(({ image }) => (image ? [image.id] : [])), [entries]);
  const { gap, handlers } = useReordering(order, selection.selected, onMove);
  useOpenPicture(rows, show);
  // What stands beneath pictures that were searched for is of any height; there are never many.
  const flows = Foot !== undefined;
  const tile = { count: more ? -1 : entries.length, selection, Foot };
  return (
    <div
      ref={list}
      role="list"
      aria-label="Pictures"
      aria-busy={busy}
      className={classes.grid}
      style={flows ? undefined : { height: total }}
      {...drag}
      {...handlers}
    >
      {gap && <div className={classes.gap} style={gap} aria-hidden />}
      {(flows ? [...rows.keys()] : drawn).map((index) => {
        const row = rows[index];
        const start = flows ? null : (starts[index] ?? 0);
        return (
          row && (
            <GridRow key={row.placed[0]?.item.key} {...tile} row={row} start={start} spacing={room.spacing} />
          )
        );
      })}
    </div>
  );
}

interface GridRowProps extends Pick<PhotoGridProps, 'selection' | 'Foot'> {
  row: Row<Entry>;
  /** Where it begins in its list; null where it stands below the row before. */
  start: number | null;
  spacing: number;
  /** How many entries there are, -1 where that is not known. */
  count: number;
}

/** Pictures beside each other. */
export function GridRow({ row, start, spacing, ...tile }: GridRowProps) {
  const place = start !== null && ({ position: 'absolute', top: start } as const);
  return (
    <div
      role="presentation"
      className={classes.row}
      style={{ gap: spacing, paddingBottom: spacing, ...place }}
    >
      {row.placed.map((placed) => (
        <Cell key={placed.item.key} {...tile} placed={placed} height={row.height} />
      ))}
    </div>
  );
}

interface CellProps extends Pick<PhotoGridProps, 'selection' | 'Foot'> {
  placed: Placed<Entry>;
  height: number;
  /** How many entries there are, -1 where that is not known. */
  count: number;
}

function Cell({ placed: { item, index, width }, height, count, selection, Foot }: CellProps) {
  const { selected, turn } = selection;
  return (
    <div
      role="listitem"
      aria-posinset={index + 1}
      aria-setsize={count}
      data-entry={item.key}
      style={{ width }}
    >
      <Tile
        image={item.image}
        arriving={item.arriving}
        width={width}
        height={height}
        selected={selected.has(idOf(item))}
        selecting={selected.size > 0}
        onTurn={turn}
        Foot={Foot}
      />
    </div>
  );
}

export function roomIn(width: number): Room {
  return width < 600 ? { width, spacing: 10, target: 150 } : { width, spacing: 16, target: 240 };
}

export function rowWith(rows: readonly Row<Entry>[], is: (entry: Entry) => boolean): number {
  return rows.findIndex(({ placed }) => placed.some(({ item }) => is(item)));
}

/** Scrolls to the picture that is open over the gallery, as one turns from picture to picture. */
export function useOpenPicture(rows: readonly Row<Entry>[], scrollTo: (row: number) => void): void {
  const open = useMatch('/images/:id')?.params.id;
  useEffect(() => {
    const row = open === undefined ? -1 : rowWith(rows, (entry) => idOf(entry) === open);
    if (row >= 0) scrollTo(row);
    // Only when another picture is open: what loads meanwhile moves nothing.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [open]);
}
