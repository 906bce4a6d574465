import { useEffect, useRef, type PointerEvent } from 'react';
import type { Selection } from '@/shared/selection/selection';
import { idAt } from './tiles';

/**
 * Returns what lets a mouse select pictures by drawing over them: pressed on a mark, or on any picture once one selects.
 *
 * All between the first and the present one are selected; the way back takes them out again.
 */
export function useDragChoosing({ selected, extend }: Selection) {
  const from = useRef<{ id: string; before: ReadonlySet<string>; moved: boolean } | null>(null);
  useEffect(() => {
    const end = () => {
      const { current } = from;
      from.current = null;
      // The click that follows is the end of the drawing, and chooses nothing.
      if (current?.moved) window.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
    };
    window.addEventListener('pointerup', end);
    return () => window.removeEventListener('pointerup', end);
  }, []);
  return {
    onPointerDown: ({ target, pointerType, button }: PointerEvent) => {
      const onMark = target instanceof Element && target.closest('label, input') !== null;
      const id = idAt(target);
      if (pointerType !== 'mouse' || button !== 0 || id === null || !(onMark || selected.size > 0)) return;
      from.current = { id, before: selected, moved: false };
    },
    onPointerOver: ({ target, buttons }: PointerEvent) => {
      const { current } = from;
      const id = idAt(target);
      if (current === null || buttons !== 1 || id === null || (id === current.id && !current.moved)) return;
      current.moved = true;
      extend(current.before, current.id, id);
    },
  };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
