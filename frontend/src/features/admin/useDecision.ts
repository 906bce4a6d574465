import type { Report } from '@/api/types';
import { decide, type Decision } from './requests';
import { useAct } from './useAct';

const CONFIRMATIONS: Record<Decision, string> = {
  hide: 'Hidden from everybody but its owner and admins.',
  restore: 'Shown again as it was.',
  dismiss: 'The reports are dismissed.',
};

/** Hides a picture or post, restores it, or dismisses what was reported of it, and says so. */
export function useDecision(thing: Pick<Report, 'kind' | 'id'>) {
  return useAct(
    (decision: Decision) => decide(thing, decision),
    (_, decision) => CONFIRMATIONS[decision],
  );
}
