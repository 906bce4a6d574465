import { createContext, use } from 'react';
import type { Match } from '@/shared/pictures/page';

/** How well each picture fits, by its id, and what it was searched for by; null while others are being looked for. */
export interface Findings {
  readonly matches: ReadonlyMap<string, Match>;
  readonly query: string | null;
}

export const FindingsContext = createContext<Findings>({ matches: new Map(), query: null });

export function useFindings(): Findings {
  return use(FindingsContext);
}
