import pLimit from 'p-limit';
import { inWords, Problem } from '@/api/problem';
import type { UploadList } from './list';
import { patiently, type Patience } from './patiently';
import type { Send } from './sendToStorage';
import type { Tickets } from './tickets';

/** What sending needs of the world. */
export interface SendingWays extends Patience {
  send: Send;
}

const AT_ONCE = 4;

/** Sends files to the storage, four at a time; each can be stopped. */
export class Sending {
  readonly #list: UploadList;
  readonly #tickets: Tickets;
  readonly #ways: SendingWays;
  readonly #slots = pLimit(AT_ONCE);
  readonly #cancellations = new Map<string, AbortController>();

  constructor(list: UploadList, tickets: Tickets, ways: SendingWays) {
    this.#list = list;
    this.#tickets = tickets;
    this.#ways = ways;
  }

  /** Sends a queued file once there is room, and notes what became of it. */
  send(key: string): Promise<void> {
    return this.#slots(() => this.#send(key));
  }

  /** Aborts an upload; who stops it says what becomes of it. */
  stop(key: string): void {
    this.#cancellations.get(key)?.abort(new DOMException('Cancelled', 'AbortError'));
  }

  async #send(key: string): Promise<void> {
    // The first ticket may have run out while others were sent, or have been taken back.
    await this.#tickets.renew(key);
    const upload = this.#list.find(key);
    if (upload?.state.step !== 'queued' || !upload.ticket || !upload.file) return;
    const { ticket, file } = upload;
    const cancellation = new AbortController();
    const { signal } = cancellation;
    this.#cancellations.set(key, cancellation);
    const onProgress = (sentBytes: number) => this.#list.progress(key, sentBytes);
    this.#list.change(key, { state: { step: 'sending' } });
    try {
      await patiently(() => this.#ways.send(ticket, file, signal, onProgress), this.#ways, signal);
      signal.throwIfAborted();
      this.#list.change(key, { state: { step: 'sent' } });
    } catch (error) {
      if (signal.aborted) return; // `stop` was told what becomes of it
      const passing = error instanceof Problem && error.passing;
      this.#list.change(key, {
        state: { step: 'failed', reason: inWords(error) },
        ticket: passing ? ticket : null,
      });
    } finally {
      if (this.#cancellations.get(key) === cancellation) this.#cancellations.delete(key);
    }
  }
}
