import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

const NONE: ReadonlySet<string> = new Set();

/** Returns a selection with one row turned over, and with `from` all between the two made the same. */
export function turned(
  selected: ReadonlySet<string>,
  id: string,
  from: string | null,
  ids: readonly string[],
): ReadonlySet<string> {
  const next = new Set(selected);
  const chosen = !selected.has(id);
  between(ids, from ?? id, id).forEach((other) => (chosen ? next.add(other) : next.delete(other)));
  return next;
}

function between(ids: readonly string[], from: string, to: string): readonly string[] {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  return a < 0 || b < 0 ? [to] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** Which of some rows, in their order, are selected; those that are there no more aren't. */
export function useSelection(ids: readonly string[]) {
  const [chosen, setChosen] = useState(NONE);
  const shown = useRef(ids);
  const last = useRef<string | null>(null);
  useEffect(() => {
    shown.current = ids;
  }, [ids]);
  const turn = useCallback((id: string, range: boolean) => {
    const from = range ? last.current : null;
    last.current = id;
    setChosen((before) => turned(before, id, from, shown.current));
  }, []);
  const selected = useMemo(() => new Set(ids.filter((id) => chosen.has(id))), [ids, chosen]);
  const turnAll = () => setChosen(selected.size === ids.length ? NONE : new Set(ids));
  return { selected, turn, turnAll, clear: () => setChosen(NONE) };
}
