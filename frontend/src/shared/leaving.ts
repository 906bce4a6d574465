/** What asks before another address is shown. */
export interface Guard {
  /** Whether going to a path has to wait for an answer. */
  readonly holds: (pathname: string) => boolean;
  /** Asks; `leave` goes on to where somebody was going. */
  readonly ask: (leave: () => void) => void;
}

let guard: Guard | null = null;

/** Sets what asks from now on; returns what takes it away. */
export function guardLeaving(next: Guard): () => void {
  guard = next;
  return () => {
    if (guard === next) guard = null;
  };
}

/** Whether going to a path has to wait: then it is asked, and `leave` called once the answer allows it. */
export function isBlocked(pathname: string, leave: () => void): boolean {
  if (!guard?.holds(pathname)) return false;
  guard.ask(leave);
  return true;
}
