import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { createStore } from 'zustand/vanilla';
import { inWords, Problem } from '@/api/problem';
import type { Image, Ticket, UploadAnswer, UploadLimits } from '@/api/types';
import type { NewPictures } from '@/shared/account/newPictures';
import type { Outcomes } from '@/shared/pictures/arriving';
import { refusalOf } from '@/shared/uploads/refusalOf';

export type UploadState =
  | { step: 'queued' }
  | { step: 'sending' }
  /** The bytes are there; the gallery hasn't looked at them yet. */
  | { step: 'sent' }
  /** The gallery has looked: the picture is captioned, failed, or null for deleted. */
  | { step: 'settled'; image: Image | null }
  | { step: 'failed'; reason: string }
  | { step: 'refused'; reason: string }
  /** The gallery has the same bytes: which picture is of them, null for one that is on its way from here. */
  | { step: 'duplicate'; of: string | null };

export interface Upload extends NewPictures {
  readonly key: string;
  readonly file: File;
  readonly state: UploadState;
  readonly ticket: Ticket | null;
  /** In hexadecimal digits; null until it is worked out, and where it can't be. */
  readonly sha256: string | null;
  /** Address of the file itself, to be seen before the gallery has it; null where the browser can't draw it. */
  readonly preview: string | null;
  /** Width divided by height, once measured. */
  readonly ratio: number | null;
}

export interface UploadStore {
  readonly uploads: readonly Upload[];
  /** How much of each upload has been sent, by its key; apart, since it changes so often. */
  readonly sentBytes: Readonly<Record<string, number>>;
}

/** What the queue needs of the world. */
export interface Ways {
  hash: (file: File) => Promise<string | null>;
  requestTickets: (uploads: readonly Upload[]) => Promise<UploadAnswer[]>;
  send: (
    ticket: Ticket,
    file: File,
    signal: AbortSignal,
    onProgress: (sentBytes: number) => void,
  ) => Promise<void>;
  /** Takes back a picture whose upload was cancelled. */
  withdraw: (imageId: string) => Promise<void>;
  measure: (url: string) => Promise<number | null>;
  retryDelay: number;
}

const SENT_AT_ONCE = 4;
const TRIES = 3;
const UNFINISHED: readonly string[] = ['queued', 'sending', 'sent'] satisfies UploadState['step'][];

/** The files on their way to the gallery: each has a ticket asked for, is sent, and may be tried again or cancelled. */
export class UploadQueue {
  readonly store = createStore<UploadStore>(() => ({ uploads: [], sentBytes: {} }));
  readonly #ways: Ways;
  readonly #ticketing = pLimit(1);
  readonly #sending = pLimit(SENT_AT_ONCE);
  readonly #measuring = pLimit(SENT_AT_ONCE);
  readonly #cancellations = new Map<string, AbortController>();
  #filesPerRequest = 1;

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  /** Takes files in; those that can't be pictures are refused at once, the rest goes on. */
  add(files: readonly File[], limits: UploadLimits, made: NewPictures): void {
    this.#filesPerRequest = limits.max_files;
    const added = files.map((file) => admit(file, refusalOf(file, limits), made));
    this.store.setState(({ uploads }) => ({ uploads: [...uploads, ...added] }));
    const accepted = added.filter(({ state }) => state.step === 'queued').map(({ key }) => key);
    accepted.forEach((key) => void this.#measuring(() => this.#measure(key)));
    this.#start(accepted);
  }

  /** Tries what failed once more: one upload, or all of them. */
  retry(key?: string): void {
    const again = this.#uploads().filter(
      (upload) => mayBeRetried(upload.state) && (key === undefined || upload.key === key),
    );
    again.forEach((upload) => {
      if (upload.state.step === 'settled') this.#forgetSent(upload);
      this.#change(upload.key, { state: { step: 'queued' } });
    });
    this.#start(again.map((upload) => upload.key));
  }

  /** Stops an upload and forgets it; what of it has reached the gallery is taken back. */
  cancel(key: string): void {
    const ticket = this.#find(key)?.ticket;
    this.#drop((upload) => upload.key === key);
    this.#cancellations.get(key)?.abort(new DOMException('Cancelled', 'AbortError'));
    if (ticket) this.#withdraw(ticket);
  }

  /** Notes what has become of pictures in the gallery. */
  settle(outcomes: Outcomes): void {
    this.#uploads().forEach(({ key, state, ticket }) => {
      const image = ticket ? outcomes.get(ticket.image_id) : undefined;
      if (state.step === 'sent' && image !== undefined)
        this.#change(key, { state: { step: 'settled', image } });
    });
  }

  /** Forgets the uploads that are over, well or not. */
  clear(): void {
    this.#drop(({ state }) => !UNFINISHED.includes(state.step));
  }

  #start(keys: readonly string[]): void {
    for (let from = 0; from < keys.length; from += this.#filesPerRequest) {
      const chunk = keys.slice(from, from + this.#filesPerRequest);
      void this.#ticketing(() => this.#hashAndFetchTickets(chunk)).then(() => {
        chunk.forEach((key) => void this.#sending(() => this.#send(key)));
      });
    }
  }

  async #measure(key: string): Promise<void> {
    const preview = this.#find(key)?.preview;
    if (!preview) return;
    const ratio = await this.#ways.measure(preview);
    if (ratio === null) URL.revokeObjectURL(preview);
    this.#change(key, ratio === null ? { preview: null } : { ratio });
  }

  async #hashAndFetchTickets(keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map((key) => this.#hash(key)));
    keys.forEach((key) => {
      this.#leaveOutTwin(key);
    });
    await this.#fetchTickets(keys);
  }

  async #hash(key: string): Promise<void> {
    const upload = this.#find(key);
    if (upload?.sha256 === null) this.#change(key, { sha256: await this.#ways.hash(upload.file) });
  }

  /** Sends the same file only once while it is on its way; after that the gallery knows best whether it has it. */
  #leaveOutTwin(key: string): void {
    const upload = this.#find(key);
    if (upload?.state.step !== 'queued' || upload.sha256 === null) return;
    const before = this.#uploads().slice(0, this.#uploads().indexOf(upload));
    const twin = before.find(
      ({ sha256, state }) => sha256 === upload.sha256 && UNFINISHED.includes(state.step),
    );
    if (twin) this.#change(key, { state: { step: 'duplicate', of: twin.ticket?.image_id ?? null } });
  }

  /** What the storage got was not the file, so nothing is left of that attempt. */
  #forgetSent({ key, ticket }: Upload): void {
    if (ticket) this.#withdraw(ticket);
    this.#change(key, { ticket: null, sha256: null });
  }

  async #fetchTickets(keys: readonly string[]): Promise<void> {
    const uploads = this.#uploads().filter(
      ({ key, state, ticket }) => keys.includes(key) && state.step === 'queued' && !usable(ticket),
    );
    if (uploads.length === 0) return;
    try {
      const answers = await this.#patiently(() => this.#ways.requestTickets(uploads));
      uploads.forEach(({ key }, index) => {
        this.#take(key, answers[index]);
      });
    } catch (error) {
      uploads.forEach(({ key }) => {
        this.#change(key, { state: { step: 'failed', reason: inWords(error) } });
      });
    }
  }

  #take(key: string, answer: UploadAnswer | undefined): void {
    if (answer?.status === 'ready') {
      this.#change(key, { ticket: answer });
      if (!this.#find(key)) this.#withdraw(answer);
    } else if (answer?.status === 'duplicate') {
      this.#change(key, { state: { step: 'duplicate', of: answer.duplicate_of } });
    } else {
      const reason = answer?.detail ?? 'The gallery did not answer for this file.';
      this.#change(key, { state: { step: 'refused', reason } });
    }
  }

  async #send(key: string): Promise<void> {
    await this.#fetchTickets([key]); // the first one may have run out while others were sent
    const upload = this.#find(key);
    if (upload?.state.step !== 'queued' || !upload.ticket) return;
    const { ticket, file } = upload;
    const cancellation = new AbortController();
    this.#cancellations.set(key, cancellation);
    const onProgress = (sentBytes: number) => {
      this.store.setState((state) => ({ sentBytes: { ...state.sentBytes, [key]: sentBytes } }));
    };
    this.#change(key, { state: { step: 'sending' } });
    try {
      const { signal } = cancellation;
      await this.#patiently(() => this.#ways.send(ticket, file, signal, onProgress), signal);
      this.#change(key, { state: { step: 'sent' } });
    } catch (error) {
      const passing = error instanceof Problem && error.passing;
      const state: UploadState = { step: 'failed', reason: inWords(error) };
      this.#change(key, { state, ticket: passing ? ticket : null });
    } finally {
      this.#cancellations.delete(key);
    }
  }

  #patiently<Result>(attempt: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    return pRetry(attempt, {
      retries: TRIES - 1,
      minTimeout: this.#ways.retryDelay,
      randomize: true,
      shouldRetry: ({ error }) => error instanceof Problem && error.passing,
      signal,
    });
  }

  #withdraw({ image_id }: Ticket): void {
    // Should this fail, a ticket without bytes expires by itself and a picture can be deleted by hand.
    void this.#ways.withdraw(image_id).catch(() => undefined);
  }

  #uploads(): readonly Upload[] {
    return this.store.getState().uploads;
  }

  #find(key: string): Upload | undefined {
    return this.#uploads().find((upload) => upload.key === key);
  }

  #change(key: string, news: Partial<Upload>): void {
    this.store.setState(({ uploads }) => ({
      uploads: uploads.map((upload) => (upload.key === key ? { ...upload, ...news } : upload)),
    }));
  }

  #drop(gone: (upload: Upload) => boolean): void {
    this.#uploads()
      .filter(gone)
      .forEach(({ preview }) => {
        if (preview) URL.revokeObjectURL(preview);
      });
    this.store.setState(({ uploads }) => ({ uploads: uploads.filter((upload) => !gone(upload)) }));
  }
}

function admit(file: File, refusal: string | null, { owner, visibility }: NewPictures): Upload {
  const state: UploadState = refusal === null ? { step: 'queued' } : { step: 'refused', reason: refusal };
  const preview = refusal === null ? URL.createObjectURL(file) : null;
  const unknown = { ticket: null, sha256: null, ratio: null };
  return { key: crypto.randomUUID(), file, state, preview, ...unknown, owner, visibility };
}

/** Whether trying again may help: the way to the gallery was bad, or what has arrived there isn't the file. */
export function mayBeRetried(state: UploadState): boolean {
  if (state.step === 'settled') return state.image?.failure?.code === 'checksum_mismatch';
  return state.step === 'failed';
}

function usable(ticket: Ticket | null): boolean {
  return ticket !== null && Date.parse(ticket.expires_at) - Date.now() > 60_000;
}
