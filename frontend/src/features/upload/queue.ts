import pLimit from 'p-limit';
import { createStore } from 'zustand/vanilla';
import { inWords, Problem } from '@/api/problem';
import type { Ticket, UploadAnswer, UploadLimits } from '@/api/types';
import type { NewPictures, Visibility } from '@/shared/account/newPictures';
import type { Outcomes } from '@/shared/pictures/arriving';
import { refusalOf } from '@/shared/uploads/refusalOf';
import { patiently, type Patience } from './patiently';
import type { Send } from './sendToStorage';
import {
  interrupt,
  isMoving,
  isUnderWay,
  isUnsent,
  mayBeRetried,
  requeue,
  uploadOf,
  type Upload,
} from './upload';

export interface UploadStore {
  /** Those of whoever is at the page, and those that nobody owns. */
  readonly uploads: readonly Upload[];
  /** What others have left unsent; shown to nobody but them. */
  readonly parked: readonly Upload[];
  /** How much of each upload has been sent, by its key; apart, since it changes so often. */
  readonly sentBytes: Readonly<Record<string, number>>;
}

/** What the queue needs of the world. */
export interface Ways extends Patience {
  hash: (file: File) => Promise<string | null>;
  /** Asks in the name of the owner, null for nobody; refused without that owner's session. */
  requestTickets: (
    owner: string | null,
    uploads: readonly Upload[],
    signal: AbortSignal,
  ) => Promise<UploadAnswer[]>;
  send: Send;
  /** Takes back a picture whose upload was cancelled, in the name of its owner. */
  withdraw: (imageId: string, owner: string | null) => Promise<void>;
  measure: (url: string) => Promise<number | null>;
}

const SENT_AT_ONCE = 4;

/** The files on their way to the gallery: each has a ticket asked for, is sent, and may be tried again or cancelled. */
export class UploadQueue {
  readonly store = createStore<UploadStore>(() => ({ uploads: [], parked: [], sentBytes: {} }));
  readonly #ways: Ways;
  readonly #ticketing = pLimit(1);
  readonly #sending = pLimit(SENT_AT_ONCE);
  readonly #measuring = pLimit(SENT_AT_ONCE);
  readonly #cancellations = new Map<string, AbortController>();
  #requests = new AbortController();
  #present: string | null = null;
  #filesPerRequest = 1;

  constructor(ways: Ways) {
    this.#ways = ways;
  }

  /** Notes who is at the page: what belongs to others is stopped and parked, what this person left comes back. */
  enter(owner: string | null): void {
    this.#present = owner;
    const { uploads, parked } = this.store.getState();
    const leaving = uploads.filter((upload) => !this.#shows(upload));
    leaving.forEach(({ key }) => this.#stop(key));
    if (leaving.length > 0) this.#stopRequests();
    this.store.setState({
      uploads: [...uploads, ...parked].filter((upload) => this.#shows(upload)),
      parked: [
        ...parked.filter((upload) => !this.#shows(upload)),
        ...leaving.filter(isUnsent).map(interrupt),
      ],
    });
  }

  /** Takes files in; those that can't be pictures are refused at once, the rest goes on. */
  add(files: readonly File[], limits: UploadLimits, made: NewPictures): void {
    this.#filesPerRequest = limits.max_files;
    const added = files.map((file) => uploadOf(file, refusalOf(file, limits), made));
    if (!this.#shows(made)) {
      const parked = added.filter(isUnsent).map(interrupt);
      this.store.setState((state) => ({ parked: [...state.parked, ...parked] }));
      return;
    }
    this.#drop((known) => known.file === null && added.some((upload) => isSameFile(upload, known)));
    this.store.setState(({ uploads }) => ({ uploads: [...uploads, ...added] }));
    this.#begin(added.filter(isMoving).map(({ key }) => key));
  }

  /** Shows what was left unsent before a reload; it goes on when told to. What is of others is parked. */
  restore(left: readonly Upload[], limits: UploadLimits): void {
    this.#filesPerRequest = limits.max_files;
    const { uploads, parked } = this.store.getState();
    this.store.setState({
      uploads: [...left.filter((upload) => this.#shows(upload)), ...uploads],
      parked: [...parked, ...left.filter((upload) => !this.#shows(upload))],
    });
  }

  /** Tries what failed or was stopped once more: one upload, some, or all of them. */
  retry(keys?: readonly string[]): void {
    const again = this.#uploads().filter(
      (upload) => mayBeRetried(upload) && (keys?.includes(upload.key) ?? true),
    );
    again.forEach((upload) => {
      if (upload.state.step === 'settled') this.#forgetSent(upload);
      const { preview, state } = requeue(upload);
      this.#change(upload.key, { preview, state });
    });
    this.#begin(again.map(({ key }) => key));
  }

  /** Stops uploads and forgets them; what of an unsent one has reached the gallery is taken back. */
  cancel(keys: readonly string[]): void {
    const gone = this.#uploads().filter(({ key }) => keys.includes(key));
    this.#drop(({ key }) => keys.includes(key));
    gone.forEach((upload) => {
      this.#stop(upload.key);
      if (isUnsent(upload)) this.#withdraw(upload);
    });
  }

  /** Cancels all that has not been sent and is not refused. */
  cancelAll(): void {
    this.cancel(
      this.#uploads()
        .filter(isMoving)
        .map(({ key }) => key),
    );
    this.#stopRequests();
  }

  /**
   * Changes who will see the files of a person that are not sent yet.
   *
   * A ticket says who sees its picture, so those given out before are taken back, in the middle of sending too.
   */
  show(visibility: Visibility): void {
    const changed = this.#uploads().filter(
      (upload) => upload.owner !== null && isUnsent(upload) && upload.visibility !== visibility,
    );
    changed.forEach((upload) => {
      this.#stop(upload.key);
      this.#withdraw(upload);
      const state = isMoving(upload) ? ({ step: 'queued' } as const) : upload.state;
      this.#change(upload.key, { visibility, ticket: null, state });
    });
    this.#stopRequests();
    this.#start(changed.filter(isMoving).map(({ key }) => key));
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
    this.#drop((upload) => !isUnderWay(upload));
  }

  #shows({ owner }: Pick<Upload, 'owner'>): boolean {
    return owner === null || owner === this.#present;
  }

  #begin(keys: readonly string[]): void {
    keys.forEach((key) => void this.#measuring(() => this.#measure(key)));
    this.#start(keys);
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
    const { preview = null, ratio: known = null } = this.#find(key) ?? {};
    if (preview === null || known !== null) return;
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
    if (upload?.file && upload.sha256 === null)
      this.#change(key, { sha256: await this.#ways.hash(upload.file) });
  }

  /** Sends the same file only once while it is on its way; after that the gallery knows best whether it has it. */
  #leaveOutTwin(key: string): void {
    const upload = this.#find(key);
    if (upload?.state.step !== 'queued' || upload.sha256 === null) return;
    const before = this.#uploads().slice(0, this.#uploads().indexOf(upload));
    const twin = before.find(
      (other) => other.sha256 === upload.sha256 && other.owner === upload.owner && isUnderWay(other),
    );
    if (twin) this.#change(key, { state: { step: 'duplicate', of: twin.ticket?.image_id ?? null } });
  }

  /** What the storage got was not the file, so nothing is left of that attempt. */
  #forgetSent(upload: Upload): void {
    this.#withdraw(upload);
    this.#change(upload.key, { ticket: null, sha256: null });
  }

  async #fetchTickets(keys: readonly string[]): Promise<void> {
    const wanting = this.#uploads().filter(
      ({ key, state, ticket }) => keys.includes(key) && state.step === 'queued' && !usable(ticket),
    );
    for (const owner of new Set(wanting.map((upload) => upload.owner)))
      await this.#fetchTicketsOf(
        owner,
        wanting.filter((upload) => upload.owner === owner),
      );
  }

  async #fetchTicketsOf(owner: string | null, uploads: readonly Upload[]): Promise<void> {
    const { signal } = this.#requests;
    const ask = () => this.#ways.requestTickets(owner, uploads, signal);
    try {
      const answers = await patiently(ask, this.#ways, signal);
      uploads.forEach((upload, index) => {
        this.#take(upload, answers[index]);
      });
    } catch (error) {
      if (signal.aborted) return; // whatever is still wanted asks for itself before it is sent
      uploads.forEach(({ key }) => {
        this.#change(key, { state: { step: 'failed', reason: inWords(error) } });
      });
    }
  }

  #take(asked: Upload, answer: UploadAnswer | undefined): void {
    const { key } = asked;
    if (answer?.status === 'ready') {
      const now = this.#find(key);
      if (now?.visibility === asked.visibility) this.#change(key, { ticket: answer });
      else this.#withdraw({ ...asked, ticket: answer });
    } else if (answer?.status === 'duplicate') {
      this.#change(key, { state: { step: 'duplicate', of: answer.duplicate_of } });
    } else {
      const reason = answer?.detail ?? 'The gallery did not answer for this file.';
      const step = answer && answer.code !== RATE_LIMITED ? 'refused' : 'failed';
      this.#change(key, { state: { step, reason } });
    }
  }

  async #send(key: string): Promise<void> {
    // The first ticket may have run out while others were sent, or have been taken back.
    await this.#ticketing(() => this.#fetchTickets([key]));
    const upload = this.#find(key);
    if (upload?.state.step !== 'queued' || !upload.ticket || !upload.file) return;
    const { ticket, file } = upload;
    const cancellation = new AbortController();
    const { signal } = cancellation;
    this.#cancellations.set(key, cancellation);
    const onProgress = (sentBytes: number) => {
      this.store.setState((state) => ({ sentBytes: { ...state.sentBytes, [key]: sentBytes } }));
    };
    this.#change(key, { state: { step: 'sending' } });
    try {
      await patiently(() => this.#ways.send(ticket, file, signal, onProgress), this.#ways, signal);
      signal.throwIfAborted();
      this.#change(key, { state: { step: 'sent' } });
    } catch (error) {
      if (signal.aborted) return; // whoever stopped it has said what becomes of it
      const passing = error instanceof Problem && error.passing;
      this.#change(key, {
        state: { step: 'failed', reason: inWords(error) },
        ticket: passing ? ticket : null,
      });
    } finally {
      if (this.#cancellations.get(key) === cancellation) this.#cancellations.delete(key);
    }
  }

  #stop(key: string): void {
    this.#cancellations.get(key)?.abort(new DOMException('Cancelled', 'AbortError'));
  }

  /** Stops asking for tickets, which may be waiting for a long time. */
  #stopRequests(): void {
    this.#requests.abort(new DOMException('Cancelled', 'AbortError'));
    this.#requests = new AbortController();
  }

  #withdraw({ ticket, owner }: Pick<Upload, 'ticket' | 'owner'>): void {
    if (ticket === null) return;
    // Should this fail, a ticket without bytes expires by itself and a picture can be deleted by hand.
    void this.#ways.withdraw(ticket.image_id, owner).catch(() => undefined);
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

/** The code of a file that was refused since its sender has had enough for now. */
const RATE_LIMITED = 'rate_limited';

function isSameFile(a: Upload, b: Upload): boolean {
  return a.owner === b.owner && a.name === b.name && a.size === b.size;
}

function usable(ticket: Ticket | null): boolean {
  return ticket !== null && Date.parse(ticket.expires_at) - Date.now() > 60_000;
}
