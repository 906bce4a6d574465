import pRetry from 'p-retry';
import { Problem } from '@/api/problem';

const TRIES = 3;

/** How an attempt is retried. */
export interface Patience {
  /** Milliseconds before the second try; each further wait is twice as long. */
  readonly retryDelay: number;
  /** Waits while nothing can be reached; returns whether that was so. */
  readonly reconnect: (signal: AbortSignal) => Promise<boolean>;
  /** Waits as long as the gallery asks for, in seconds. */
  readonly holdBack: (seconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Retries what failed for a passing reason, with exponential backoff, three tries in all.
 *
 * A lost connection and a Retry-After are waited for and don't count as tries. Rejects with the signal's reason once
 * that is aborted.
 */
export function patiently<Result>(
  attempt: () => Promise<Result>,
  patience: Patience,
  signal: AbortSignal,
): Promise<Result> {
  return pRetry(() => whenPossible(attempt, patience, signal), {
    retries: TRIES - 1,
    minTimeout: patience.retryDelay,
    randomize: true,
    shouldRetry: ({ error }) => error instanceof Problem && error.passing,
    signal,
  });
}

async function whenPossible<Result>(
  attempt: () => Promise<Result>,
  patience: Patience,
  signal: AbortSignal,
): Promise<Result> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (!(await mayGoOn(error, patience, signal))) throw error;
    }
  }
}

/** Waits for what hindered an attempt; returns false where there is nothing to wait for. */
async function mayGoOn(error: unknown, patience: Patience, signal: AbortSignal): Promise<boolean> {
  if (!(error instanceof Problem)) return false;
  if (error.status === 0) return patience.reconnect(signal);
  if (error.status !== 429 || error.retryAfter === null) return false;
  await patience.holdBack(error.retryAfter, signal);
  return true;
}
