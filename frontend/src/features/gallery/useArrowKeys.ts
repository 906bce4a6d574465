import { useEffect, useEffectEvent, useState, type RefObject } from 'react';
import type { Entry } from './entries';
import { neighbourOf } from './neighbours';
import type { Row } from './rows';

/** Moves the focus among tiles by arrow keys; returns the key of the tile that has it, or had it last. */
export function useArrowKeys(
  list: RefObject<HTMLElement | null>,
  rows: readonly Row<Entry>[],
): string | null {
  const [focused, setFocused] = useState<string | null>(null);
  const move = useEffectEvent((event: KeyboardEvent) => {
    const next = neighbourOf(rows, keyOf(event.target), event.key);
    if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setFocused(next.key);
    focusOn(next.key);
  });
  useEffect(() => {
    const element = list.current;
    const onKeyDown = (event: KeyboardEvent) => move(event);
    const onFocus = ({ target }: FocusEvent) => setFocused(keyOf(target));
    element?.addEventListener('keydown', onKeyDown);
    element?.addEventListener('focusin', onFocus);
    return () => {
      element?.removeEventListener('keydown', onKeyDown);
      element?.removeEventListener('focusin', onFocus);
    };
  }, [list]);
  return focused;
}

function keyOf(target: EventTarget | null): string | null {
  const tile = target instanceof Element ? target.closest<HTMLElement>('[data-entry]') : null;
  return tile?.dataset.entry ?? null;
}

/** Focuses a tile; one that is not drawn yet is so with the next frame. */
function focusOn(key: string): void {
  const target = () =>
    document.querySelector<HTMLElement>(`[data-entry="${CSS.escape(key)}"] :is(a, button)`);
  if (target()) target()?.focus();
  else requestAnimationFrame(() => target()?.focus());
}
