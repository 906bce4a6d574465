/**
 * Returns behind which picture some would stand that are put before the one at a place, null for none.
 *
 * Undefined where that is no place, or they stand there already.
 */
export function afterAt(
  order: readonly string[],
  moved: readonly string[],
  place: number,
): string | null | undefined {
  if (place < 0 || place > order.length) return undefined;
  const after = order.slice(0, place).findLast((id) => !moved.includes(id)) ?? null;
  const next = reordered(
    order.map((id) => ({ id })),
    moved,
    after,
  );
  return next.every(({ id }, index) => id === order[index]) ? undefined : after;
}

/** Returns pictures in the order in which some of them stand right behind another one, or first of all. */
export function reordered<Item extends { readonly id: string }>(
  items: readonly Item[],
  moved: readonly string[],
  after: string | null,
): Item[] {
  const going = moved.flatMap((id) => items.filter((item) => item.id === id));
  const staying = items.filter(({ id }) => !moved.includes(id));
  const place = staying.findIndex(({ id }) => id === after) + 1;
  return [...staying.slice(0, place), ...going, ...staying.slice(place)];
}
