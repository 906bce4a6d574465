const IDS_PER_REQUEST = 100;

/** Returns how long to wait before asking again, by how long nothing has changed: soon at first, seldom after a minute. */
export function pollDelay(quietFor: number): number {
  return quietFor < 60_000 ? Math.min(Math.max(quietFor / 4, 300), 2000) : 15_000;
}

/**
 * Asks again and again for the pictures whose caption is awaited, one request for all, until none is left.
 *
 * More than a hundred take turns. While the page isn't looked at nothing is asked, and one question waits for the other.
 */
export class CaptionWatch {
  readonly #ask: (ids: readonly string[]) => Promise<void>;
  #ids: readonly string[] = [];
  #changedAt = 0;
  #askedAt = 0;
  #turn = 0;
  #asking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: (ids: readonly string[]) => Promise<void>) {
    this.#ask = ask;
  }

  /** Watches these pictures from now on, instead of those before. */
  watch(ids: readonly string[]): void {
    this.#ids = ids;
    this.#changedAt = Date.now();
    this.wake();
  }

  /** Sets the time of the next question anew. */
  wake(): void {
    clearTimeout(this.#timer);
    if (this.#asking || this.#ids.length === 0 || document.hidden) return;
    const now = Date.now();
    const wait = pollDelay(now - this.#changedAt) - (now - this.#askedAt);
    this.#timer = setTimeout(() => void this.#run(), Math.max(wait, 0));
  }

  async #run(): Promise<void> {
    this.#asking = true;
    this.#askedAt = Date.now();
    try {
      await this.#ask(this.#nextTurn());
    } catch {
      // The next turn asks again, and the page says when the gallery is out of reach.
    } finally {
      this.#asking = false;
      this.wake();
    }
  }

  #nextTurn(): readonly string[] {
    const turns = Math.ceil(this.#ids.length / IDS_PER_REQUEST);
    const from = (this.#turn++ % turns) * IDS_PER_REQUEST;
    return this.#ids.slice(from, from + IDS_PER_REQUEST);
  }
}
