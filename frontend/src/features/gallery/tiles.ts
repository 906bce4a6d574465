/** Returns the id of the picture to whose tile an element belongs. */
export function idAt(target: EventTarget): string | null {
  if (!(target instanceof Element)) return null;
  const tile = target.closest('[data-entry]');
  return tile?.querySelector<HTMLElement>('[data-image]')?.dataset.image ?? null;
}

/** Moves the focus to the tile of a picture, where it is drawn. */
export function focusOnPicture(id: string): void {
  document.querySelector<HTMLElement>(`[data-image="${CSS.escape(id)}"]`)?.focus();
}
