import pLimit from 'p-limit';
import { inWords, Problem } from '@/api/problem';
import type { UploadList } from './list';
import { withRetry, type RetryOptions } from '@/shared/uploads/withRetry';
import type { Send } from '@/shared/uploads/sendToStorage';
import type { Tickets } from './tickets';

/** What sending needs of the world. */
export interface SendingDependencies extends RetryOptions {
  send: Send;
}

const MAX_CONCURRENT = 4;

/** Sends files to the storage, four at a time; each can be stopped. */
export class Sending {
  readonly #list: UploadList;
  readonly #tickets: Tickets;
  readonly #dependencies: SendingDependencies;
  readonly #slots = pLimit(MAX_CONCURRENT);
  readonly #cancellations = new Map<string, AbortController>();

  constructor(list: UploadList, tickets: Tickets, dependencies: SendingDependencies) {
    this.#list = list;
    this.#tickets = tickets;
    this.#dependencies = dependencies;
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
      await withRetry(
        () => this.#dependencies.send(ticket, file, signal, onProgress),
        this.#dependencies,
        signal,
      );
      signal.throwIfAborted();
      this.#list.change(key, { state: { step: 'sent' } });
    } catch (error) {
      if (signal.aborted) return; // `stop` was told what becomes of it
      const retryable = error instanceof Problem && error.retryable;
      this.#list.change(key, {
        state: { step: 'failed', reason: inWords(error) },
        ticket: retryable ? ticket : null,
      });
    } finally {
      if (this.#cancellations.get(key) === cancellation) this.#cancellations.delete(key);
    }
  }
}
