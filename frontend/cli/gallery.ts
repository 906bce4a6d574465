import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import createClient, { type Client } from 'openapi-fetch';
import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { Problem } from '@/api/problem';
import type { paths } from '@/api/schema';
import type { Credentials } from './credentials';
import { UsageError } from './exits';

const MAX_ATTEMPTS = 5;
const ANSWER_WITHIN_MS = 30_000;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Whatever answers at the address is no gallery; trying again is no use. */
class NoGallery extends Problem {
  constructor(origin: string) {
    super(0, `There is no gallery at ${origin}.`);
  }

  override get retryable(): boolean {
    return false;
  }
}

/** A gallery somewhere, asked as one person or as nobody, until the signal says to stop. */
export class Gallery {
  readonly origin: string;
  readonly api: Client<paths>;
  /** Aborted once nothing more should be asked of the gallery, with the reason. */
  readonly signal: AbortSignal;
  /** Told when an hour's limit is reached, and for how many seconds nothing more is asked. */
  onWait: (seconds: number) => void = () => undefined;
  readonly #credentials: Credentials | null;
  readonly #ending = new AbortController();

  /** Raises UsageError for an address that is none, or to which a token would travel unencrypted. */
  constructor(address: string, credentials: Credentials | null, stop: AbortSignal) {
    this.origin = originOf(address, credentials !== null);
    this.#credentials = credentials;
    this.signal = AbortSignal.any([stop, this.#ending.signal]);
    setMaxListeners(0, this.signal);
    this.api = createClient<paths>({
      baseUrl: this.origin,
      signal: this.signal,
      fetch: (request) => this.#send(request),
    });
  }

  /**
   * Does something for each item, some at once, and waits for all.
   *
   * The first that fails ends everything that is still asked of the gallery, and is thrown.
   */
  async forEach<Item>(
    items: Iterable<Item>,
    concurrency: number,
    act: (item: Item) => Promise<void>,
  ): Promise<void> {
    await pLimit(concurrency).map(items, (item) => this.#unlessOver(() => act(item)));
    this.signal.throwIfAborted();
  }

  async #unlessOver(act: () => Promise<void>): Promise<void> {
    if (this.signal.aborted) return;
    await act().catch((error: unknown) => {
      this.#ending.abort(error);
    });
  }

  get isSignedIn(): boolean {
    return this.#credentials !== null;
  }

  /** Who asks, by an id that never changes; empty for nobody. */
  get person(): string {
    return this.#credentials?.person ?? '';
  }

  /** Makes an attempt again, after waits of growing random length, as long as what it meets may pass. */
  withRetry<Result>(attempt: () => Promise<Result>): Promise<Result> {
    return pRetry(attempt, {
      retries: MAX_ATTEMPTS - 1,
      minTimeout: 250,
      randomize: true,
      shouldRetry: ({ error }) => error instanceof Problem && error.retryable,
      signal: this.signal,
    });
  }

  async #send(request: Request, renew = false): Promise<Response> {
    const token = await this.#credentials?.token(renew);
    if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`);
    const again = request.clone();
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    // A redirect is not followed: the token is meant for this address alone.
    const answer = await fetch(request, { redirect: 'manual', signal }).catch((error: unknown) => {
      throw this.signal.aborted ? error : new Problem(0, `The gallery at ${this.origin} can’t be reached.`);
    });
    if (!speaksLikeAGallery(answer)) throw new NoGallery(this.origin);
    if (answer.status === 401 && !renew && token !== undefined) {
      // It may have been revoked, or this clock is wrong; a token that can't be renewed is the same again.
      const fresh = await this.#credentials?.token(true);
      if (fresh !== token) return this.#send(again, true);
    }
    const seconds = answer.status === 429 ? Number(answer.headers.get('Retry-After')) : 0;
    if (!(seconds > 0)) return answer;
    this.onWait(seconds);
    await sleep(seconds * 1000, undefined, { signal: this.signal });
    return this.#send(again, renew);
  }
}

/** Returns an address's origin; raises UsageError where it is none, or where a secret would travel unencrypted. */
export function originOf(address: string, secret: boolean): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new UsageError(`“${address}” is no address of a gallery; https://example.org would be one.`);
  if (url.username !== '' || url.password !== '')
    throw new UsageError('The gallery’s address must not hold a name or a password.');
  if (secret && url.protocol === 'http:' && !LOOPBACK.includes(url.hostname))
    throw new UsageError('A token travels over https only.');
  return url.origin;
}

/** Proxies answer with pages when the gallery is down; anything else that isn't JSON comes from somebody else. */
function speaksLikeAGallery({ status, headers }: Response): boolean {
  const type = headers.get('Content-Type') ?? '';
  return status === 204 || status === 429 || status >= 500 || /^application\/([\w.-]+\+)?json\b/.test(type);
}
