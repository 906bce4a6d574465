import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

const NONE: ReadonlySet<string> = new Set();

/** Which of some pictures are selected, and the ways to change that. */
export interface Selection {
  readonly selected: ReadonlySet<string>;
  /** Turns one over; as a range, all since the last one become as it does. */
  readonly turn: (id: string, range: boolean) => void;
  /** Selects what was selected before, and all from one to another. */
  readonly extend: (before: ReadonlySet<string>, from: string, to: string) => void;
  /** Selects some, or none of them. */
  readonly put: (ids: readonly string[], chosen: boolean) => void;
  /** Selects all, or none if all are. */
  readonly turnAll: () => void;
  readonly clear: () => void;
}

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

/** Lets one select among pictures in their order; those that are there no more aren't selected. */
export function useSelection(ids: readonly string[]): Selection {
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
  const selected = useMemo(
    () => (chosen.size === 0 ? NONE : new Set(ids.filter((id) => chosen.has(id)))),
    [ids, chosen],
  );
  const turnAll = () => setChosen(selected.size === ids.length ? NONE : new Set(ids));
  const extend = useCallback((before: ReadonlySet<string>, from: string, to: string) => {
    last.current = to;
    setChosen(new Set([...before, ...between(shown.current, from, to)]));
  }, []);
  const put = useCallback((some: readonly string[], isChosen: boolean) => {
    setChosen((before) => {
      const next = new Set(before);
      some.forEach((id) => (isChosen ? next.add(id) : next.delete(id)));
      return next;
    });
  }, []);
  const clear = useCallback(() => setChosen(NONE), []);
  return { selected, turn, extend, put, turnAll, clear };
}
