import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

interface Waiting {
  /** Whether nothing can be reached at present. */
  readonly offline: boolean;
  /** Until when the gallery wants no more requests, in milliseconds since 1970. */
  readonly until: number | null;
}

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;
const ANSWER_MS = 10_000;

/** What uploads wait for, for the panel to say. */
export const waiting = createStore<Waiting>(() => ({ offline: false, until: null }));

export function useWaiting(): Waiting {
  return useStore(waiting);
}

let back: Promise<void> | null = null;

/**
 * Waits until the gallery's site answers again; returns false at once where it does.
 *
 * It is asked with exponential backoff of up to half a minute, and as soon as the browser is online again: a browser
 * may call itself online where nothing can be reached.
 */
export async function waitForConnection(signal: AbortSignal): Promise<boolean> {
  if (await answers()) return false;
  back ??= untilItAnswers().finally(() => (back = null));
  await orAborted(back, signal);
  return true;
}

/** Waits so many seconds, as the gallery has asked for. */
export async function waitForRetryAfter(seconds: number, signal: AbortSignal): Promise<void> {
  const until = Date.now() + seconds * 1000;
  waiting.setState({ until });
  try {
    await orAborted(pause(seconds * 1000), signal);
  } finally {
    if (waiting.getState().until === until) waiting.setState({ until: null });
  }
}

async function untilItAnswers(): Promise<void> {
  waiting.setState({ offline: true });
  let delay = FIRST_MS;
  do {
    await Promise.race([pause(delay), online()]);
    delay = Math.min(delay * 2, LONGEST_MS);
  } while (!(await answers()));
  waiting.setState({ offline: false });
}

/** Whether the site can be reached, whatever it says. */
async function answers(): Promise<boolean> {
  try {
    await fetch('/favicon.svg', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) });
    return true;
  } catch {
    return false;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function online(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener('online', () => resolve(), { once: true });
  });
}

function orAborted(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  signal.throwIfAborted();
  return Promise.race([wait, aborted]);
}
