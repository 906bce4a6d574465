/** Where somebody writes, and a key is a character. */
const WRITING = 'input, textarea, [contenteditable]';

/** Whether a key was pressed alone, with nothing having answered it, and neither where somebody writes nor in `elsewhere`. */
export function isPlainKey(event: KeyboardEvent, elsewhere?: string): boolean {
  const { target, altKey, ctrlKey, metaKey, defaultPrevented } = event;
  if (altKey || ctrlKey || metaKey || defaultPrevented) return false;
  return !(target instanceof Element && target.closest(elsewhere ? `${WRITING}, ${elsewhere}` : WRITING));
}
