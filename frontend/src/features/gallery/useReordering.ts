import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react';
import { afterAt } from '@/shared/albums/reorder';
import { focusOnPicture, idAt } from './tiles';

/** Puts pictures right behind another one, or first of all where that is null. */
export type OnMove = (ids: readonly string[], after: string | null) => void;

/** Where a line shows that what is dragged would go, in CSS pixels within the grid. */
export interface Gap {
  readonly left: number;
  readonly top: number;
  readonly height: number;
}

/** The most pictures that one call moves. */
const MOST = 100;

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 2, ArrowDown: 2 };

/**
 * Returns what lets pictures be moved within their order: dragged by the mouse, or by Alt and an arrow key.
 *
 * A picture that is selected takes all that are along. Without `onMove` nothing is moved.
 */
export function useReordering(
  order: readonly string[],
  selected: ReadonlySet<string>,
  onMove: OnMove | undefined,
) {
  const dragged = useRef<readonly string[]>([]);
  const moved = useRef<string | null>(null);
  const [gap, setGap] = useState<Gap | null>(null);
  useEffect(() => {
    if (moved.current !== null) focusOnPicture(moved.current);
    moved.current = null;
  }, [order]);
  if (onMove === undefined) return { gap: null, handlers: {} };
  const move = (ids: readonly string[], place: number) => {
    const after = afterAt(order, ids, place);
    if (after === undefined) return false;
    onMove(ids, after);
    return true;
  };
  const end = () => {
    dragged.current = [];
    setGap(null);
  };
  const handlers = {
    onDragStart: ({ target, dataTransfer }: DragEvent) => {
      const id = idAt(target);
      if (id === null) return;
      dataTransfer.effectAllowed = 'move';
      const together = selected.has(id) ? order.filter((one) => selected.has(one)) : [id];
      dragged.current = together.slice(0, MOST);
    },
    onDragOver: (event: DragEvent) => {
      const over = dragged.current.length > 0 ? placeAt(event, order) : null;
      if (over === null) return;
      event.preventDefault();
      setGap(over.gap);
    },
    onDrop: (event: DragEvent) => {
      const over = dragged.current.length > 0 ? placeAt(event, order) : null;
      if (over === null) return;
      event.preventDefault();
      event.stopPropagation();
      move(dragged.current, over.place);
      end();
    },
    onDragEnd: end,
    onKeyDown: (event: KeyboardEvent) => {
      const id = idAt(event.target);
      const step = STEPS[event.key];
      if (id === null || step === undefined || !event.altKey || event.ctrlKey || event.metaKey) return;
      // Alt and an arrow would leave the page.
      event.preventDefault();
      if (move([id], order.indexOf(id) + step)) moved.current = id;
    },
  };
  return { gap, handlers };
}

/** Returns before which picture of the order the pointer is, and where a line shows that; null beside all pictures. */
function placeAt({ target, currentTarget, clientX }: DragEvent, order: readonly string[]) {
  const id = idAt(target);
  const tile = target instanceof Element ? target.closest('[data-entry]') : null;
  if (id === null || tile === null) return null;
  const [box, grid] = [tile.getBoundingClientRect(), currentTarget.getBoundingClientRect()];
  const isBehind = clientX > box.left + box.width / 2;
  const left = (isBehind ? box.right : box.left) - grid.left;
  return {
    place: order.indexOf(id) + (isBehind ? 1 : 0),
    gap: { left, top: box.top - grid.top, height: box.height },
  };
}
