import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '@/api/types';

const HOUR_MS = 3600 * 1000;
/** How much of a limit an import leaves to everybody else. */
const SHARE = 0.9;

/** At most so many pictures within so many milliseconds. */
interface Limit {
  most: number;
  within: number;
}

/**
 * Keeps an import below a gallery's limits, those of its hour and those above which captioning would stop for everybody.
 *
 * The gallery counts by hours and days of the clock; no more than that within any hour and day is never more within those.
 */
export class Pace {
  readonly #limits: readonly Limit[];
  /** When each picture was sent, the oldest first. */
  #sent: number[];

  /** How many may come beyond the limits, as an admin has allowed for a planned import. */
  allowed = 0;

  /** Begins with when pictures were sent before, be it by an import that was stopped. */
  constructor(
    { uploads_per_hour, captions_per_hour, captions_a_day }: Settings['limits'],
    sent: readonly number[],
  ) {
    const hourly = [uploads_per_hour, captions_per_hour].filter((most) => most !== null);
    const daily = [captions_a_day].filter((most) => most !== null);
    const limit = (within: number) => (most: number) => ({
      most: Math.max(Math.floor(most * SHARE), 1),
      within,
    });
    this.#limits = [...hourly.map(limit(HOUR_MS)), ...daily.map(limit(24 * HOUR_MS))];
    this.#sent = sent.toSorted((a, b) => a - b);
  }

  /** Takes as much room as there is for so many pictures, one at least, for which it waits. */
  async take(count: number, signal: AbortSignal, onWait: (until: number) => void): Promise<number> {
    for (;;) {
      const now = Date.now();
      const room = Math.min(count, ...this.#limits.map((limit) => this.#room(limit, now) + this.allowed));
      if (room > 0) {
        this.#sent.push(...Array<number>(room).fill(now));
        return room;
      }
      const until = Math.max(...this.#limits.map((limit) => this.#roomFrom(limit, now)));
      onWait(until);
      await sleep(Math.max(until - now, 0), undefined, { signal });
    }
  }

  /** Gives back the room of pictures that need not be sent. */
  giveBack(count: number): void {
    this.#sent.splice(this.#sent.length - count, count);
  }

  /** Returns how many hours it takes to send so many pictures, 0 where nothing but the line limits that. */
  hoursFor(count: number): number {
    const paced = Math.max(count - this.allowed, 0);
    const hours = this.#limits.map(({ most, within }) => (Math.ceil(paced / most) - 1) * (within / HOUR_MS));
    return Math.max(0, ...hours);
  }

  #room({ most, within }: Limit, now: number): number {
    return Math.max(most - this.#sent.filter((at) => at > now - within).length, 0);
  }

  /** Returns when there is room for one more. */
  #roomFrom({ most, within }: Limit, now: number): number {
    const recent = this.#sent.filter((at) => at > now - within);
    return recent.length < most ? now : (recent[recent.length - most] ?? now) + within;
  }
}
