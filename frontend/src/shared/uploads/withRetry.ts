import pRetry from 'p-retry';
import { Problem } from '@/api/problem';

const MAX_ATTEMPTS = 3;

/** How an attempt is retried. */
export interface RetryOptions {
  /** Milliseconds before the second try; each further wait is twice as long. */
  readonly retryDelay: number;
  /** Waits while nothing can be reached; returns whether that was so. */
  readonly waitForConnection: (signal: AbortSignal) => Promise<boolean>;
  /** Waits as long as the gallery asks for, in seconds. */
  readonly waitForRetryAfter: (seconds: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Retries what failed for a passing reason, with exponential backoff, three tries in all.
 *
 * A lost connection and a Retry-After are waited for and don't count as tries. Rejects with the signal's reason once
 * that is aborted.
 */
export function withRetry<Result>(
  attempt: () => Promise<Result>,
  options: RetryOptions,
  signal: AbortSignal,
): Promise<Result> {
  return pRetry(() => attemptWhenReachable(attempt, options, signal), {
    retries: MAX_ATTEMPTS - 1,
    minTimeout: options.retryDelay,
    randomize: true,
    shouldRetry: ({ error }) => error instanceof Problem && error.retryable,
    signal,
  });
}

async function attemptWhenReachable<Result>(
  attempt: () => Promise<Result>,
  options: RetryOptions,
  signal: AbortSignal,
): Promise<Result> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (!(await waitForHindrance(error, options, signal))) throw error;
    }
  }
}

/** Waits for what hindered an attempt; returns false where there is nothing to wait for. */
async function waitForHindrance(
  error: unknown,
  options: RetryOptions,
  signal: AbortSignal,
): Promise<boolean> {
  if (!(error instanceof Problem)) return false;
  if (error.status === 0) return options.waitForConnection(signal);
  if (error.status !== 429 || error.retryAfter === null) return false;
  await options.waitForRetryAfter(error.retryAfter, signal);
  return true;
}
