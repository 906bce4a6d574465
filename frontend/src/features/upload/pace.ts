import { isMoving, type Upload } from './upload';

/** How many bytes of the files on their way have been sent, and of how many. */
export interface Sent {
  readonly sent: number;
  readonly total: number;
}

/** How many bytes had been sent at some time, in milliseconds. */
export interface Sample {
  readonly at: number;
  readonly sent: number;
}

const WINDOW_MS = 20_000;
const LEAST_MS = 2_000;

/** Adds up the files that are, or will be, sent; what failed, was refused or is here already doesn't count. */
export function bytesOf(uploads: readonly Upload[], sentBytes: Readonly<Record<string, number>>): Sent {
  let [sent, total] = [0, 0];
  for (const upload of uploads) {
    const { key, size, state } = upload;
    const over = state.step === 'sent' || state.step === 'done';
    if (!over && !isMoving(upload)) continue;
    total += size;
    if (over) sent += size;
    else if (state.step === 'sending') sent += sentBytes[key] ?? 0;
  }
  return { sent, total };
}

/** Adds a sample to those of the last twenty seconds; a step back, such as a retry makes, begins anew. */
export function follow(samples: readonly Sample[], next: Sample): Sample[] {
  const last = samples.at(-1);
  if (last && next.sent < last.sent) return [next];
  return [...samples.filter(({ at }) => next.at - at <= WINDOW_MS), next];
}

/** Returns the seconds that the rest will take at the pace of the last samples; null while that isn't known. */
export function secondsLeft(samples: readonly Sample[], left: number): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < LEAST_MS || last.sent === first.sent) return null;
  return (left * (last.at - first.at)) / (last.sent - first.sent) / 1000;
}

/** Writes a time to wait for people. */
export function timeLeft(seconds: number): string {
  if (seconds < 60) return 'less than a minute left';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left`;
  const hours = Math.round(minutes / 60);
  return `about ${hours} ${hours === 1 ? 'hour' : 'hours'} left`;
}
