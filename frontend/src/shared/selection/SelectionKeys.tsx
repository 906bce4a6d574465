import { useEffect, useEffectEvent } from 'react';
import type { Selection } from './selection';

const ELSEWHERE = 'input:not([type="checkbox"]), textarea, select, [contenteditable], [aria-modal="true"]';

/**
 * Lets the keyboard select pictures: x the one that has the focus, Shift and x all since the last one, Ctrl and A all,
 * Escape none.
 */
export function SelectionKeys({ selection }: { selection: Selection }) {
  const act = useEffectEvent((event: KeyboardEvent) => {
    const { target, defaultPrevented } = event;
    if (!(target instanceof Element) || target.closest(ELSEWHERE) || defaultPrevented) return;
    if (document.querySelector('[aria-modal="true"]')) return;
    if (choose(event, target, selection)) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => act(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
  return null;
}

/** Does what a key says; returns whether it says anything. */
function choose({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent, target: Element, selection: Selection) {
  const command = ctrlKey || metaKey;
  const id = target.closest<HTMLElement>('[data-image]')?.dataset.image;
  switch (key.toLowerCase()) {
    case 'a':
      if (command && !shiftKey) selection.turnAll();
      return command && !shiftKey;
    case 'x':
    case ' ':
      if (id === undefined || command) return false;
      selection.turn(id, shiftKey);
      return true;
    case 'escape':
      if (selection.selected.size === 0) return false;
      selection.clear();
      return true;
    default:
      return false;
  }
}
