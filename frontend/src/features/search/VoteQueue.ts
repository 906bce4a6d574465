import pLimit from 'p-limit';
import { createStore } from 'zustand/vanilla';

export type Vote = 'positive' | 'negative';

/** What somebody thinks of one picture as an answer to a query. */
export interface Ballot {
  readonly query: string;
  readonly imageId: string;
  readonly vote: Vote;
}

export interface Votes {
  /** How the thumbs of each picture stand, by query and picture. */
  readonly cast: Readonly<Record<string, Vote | undefined>>;
  /** Queries that were voted on since they were last searched for. */
  readonly improved: readonly string[];
}

/** What the queue needs of the world. */
export interface VoteDependencies {
  /** Sends at most 20 votes; `leaving` if the page is about to be gone. */
  send: (ballots: readonly Ballot[], leaving: boolean) => Promise<void>;
  onError: (error: unknown) => void;
}

const PAUSE = 1000;
const PER_REQUEST = 20;

/** The thumbs that were pressed: seen at once, sent together a moment later, taken back if that fails. */
export class VoteQueue {
  readonly store = createStore<Votes>(() => ({ cast: {}, improved: [] }));
  readonly #dependencies: VoteDependencies;
  readonly #line = pLimit(1);
  readonly #waiting = new Map<string, Ballot>();
  readonly #sent = new Map<string, Vote>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(dependencies: VoteDependencies) {
    this.#dependencies = dependencies;
  }

  /** Presses a thumb. Pressed once more it is released, unless it has been counted: then only the other one changes it. */
  cast({ query, imageId, vote }: Ballot): void {
    const key = keyOf(query, imageId);
    const sent = this.#sent.get(key);
    const next = this.#shown(key) === vote ? sent : vote;
    this.#show(key, next);
    if (next === undefined || next === sent) this.#waiting.delete(key);
    else this.#waiting.set(key, { query, imageId, vote: next });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
  }

  /** Sends what has not been sent, in the order of voting; returns once that is done. */
  async flush(): Promise<void> {
    await this.#line(() => this.#sendWaiting(false));
  }

  /** Sends what has not been sent before the page is gone. */
  leave(): void {
    void this.#sendWaiting(true);
  }

  /** Notes that a query is searched for anew. */
  searched(query: string): void {
    this.store.setState(({ improved }) => ({ improved: improved.filter((other) => other !== query) }));
  }

  /** Forgets everything: somebody else is here. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
    this.#sent.clear();
    this.store.setState({ cast: {}, improved: [] });
  }

  async #sendWaiting(leaving: boolean): Promise<void> {
    clearTimeout(this.#timer);
    const ballots = [...this.#waiting.values()];
    this.#waiting.clear();
    const requests: Promise<void>[] = [];
    for (let from = 0; from < ballots.length; from += PER_REQUEST) {
      requests.push(this.#send(ballots.slice(from, from + PER_REQUEST), leaving));
    }
    await Promise.all(requests);
  }

  async #send(ballots: readonly Ballot[], leaving: boolean): Promise<void> {
    const before = ballots.map(({ query, imageId }) => this.#sent.get(keyOf(query, imageId)));
    ballots.forEach(({ query, imageId, vote }) => this.#sent.set(keyOf(query, imageId), vote));
    try {
      await this.#dependencies.send(ballots, leaving);
      const queries = ballots.map(({ query }) => query);
      this.store.setState(({ improved }) => ({ improved: [...new Set([...improved, ...queries])] }));
    } catch (error) {
      ballots.forEach((ballot, index) => this.#takeBack(ballot, before[index]));
      this.#dependencies.onError(error);
    }
  }

  #takeBack({ query, imageId, vote }: Ballot, before: Vote | undefined): void {
    const key = keyOf(query, imageId);
    if (before === undefined) this.#sent.delete(key);
    else this.#sent.set(key, before);
    if (!this.#waiting.has(key) && this.#shown(key) === vote) this.#show(key, before);
  }

  #shown(key: string): Vote | undefined {
    return this.store.getState().cast[key];
  }

  #show(key: string, vote: Vote | undefined): void {
    this.store.setState(({ cast }) => ({ cast: { ...cast, [key]: vote } }));
  }
}

/** Names the thumbs of a picture under a query. */
export function keyOf(query: string, imageId: string): string {
  return `${imageId} ${query}`;
}
