import { useEffect, useRef, type RefObject } from 'react';

/** Returns a ref of what takes the focus when what had it is gone after a change of `state`, so that no key is lost. */
export function useKeepFocus<Element extends HTMLElement>(state: unknown): RefObject<Element | null> {
  const ref = useRef<Element>(null);
  useEffect(() => {
    if (document.activeElement === document.body) ref.current?.focus({ preventScroll: true });
  }, [state]);
  return ref;
}
