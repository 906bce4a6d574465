import pLimit from 'p-limit';
import type { UploadLimits } from '@/api/types';
import type { NewPictures, Visibility } from '@/shared/account/newPictures';
import type { Outcomes } from '@/shared/pictures/arriving';
import { refusalOf } from '@/shared/uploads/refusalOf';
import { UploadList } from './list';
import { Sending, type SendingDependencies } from './sending';
import { Tickets, type TicketDependencies } from './tickets';
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
import { createUploadStore, type UploadStore } from './uploadStore';

/** What the queue needs of the world. */
export interface UploadDependencies extends TicketDependencies, SendingDependencies {
  measure: (url: string) => Promise<number | null>;
}

const MAX_CONCURRENT_MEASUREMENTS = 4;

/** The files on their way to the gallery: each has a ticket asked for, is sent, and may be tried again or cancelled. */
export class UploadQueue {
  readonly store: UploadStore;
  readonly #list: UploadList;
  readonly #dependencies: UploadDependencies;
  readonly #tickets: Tickets;
  readonly #sending: Sending;
  readonly #measuring = pLimit(MAX_CONCURRENT_MEASUREMENTS);
  #present: string | null = null;
  #filesPerRequest = 1;

  constructor(dependencies: UploadDependencies, store: UploadStore = createUploadStore()) {
    this.store = store;
    this.#list = new UploadList(store);
    this.#dependencies = dependencies;
    this.#tickets = new Tickets(this.#list, dependencies);
    this.#sending = new Sending(this.#list, this.#tickets, dependencies);
  }

  /** Notes who is at the page: what belongs to others is stopped and parked, what this person left comes back. */
  setOwner(owner: string | null): void {
    this.#present = owner;
    const { uploads, parked } = this.store.getState();
    const leaving = uploads.filter((upload) => !this.#shows(upload));
    leaving.forEach(({ key }) => this.#sending.stop(key));
    if (leaving.length > 0) this.#tickets.stop();
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
    this.#list.drop((known) => known.file === null && added.some((upload) => isSameFile(upload, known)));
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
    const again = this.#list
      .all()
      .filter((upload) => mayBeRetried(upload) && (keys?.includes(upload.key) ?? true));
    again.forEach((upload) => {
      if (upload.state.step === 'done') this.#forgetSent(upload);
      const { preview, state } = requeue(upload);
      this.#list.change(upload.key, { preview, state });
    });
    this.#begin(again.map(({ key }) => key));
  }

  /** Stops uploads and forgets them; what of an unsent one has reached the gallery is taken back. */
  cancel(keys: readonly string[]): void {
    const gone = this.#list.all().filter(({ key }) => keys.includes(key));
    this.#list.drop(({ key }) => keys.includes(key));
    gone.forEach((upload) => {
      this.#sending.stop(upload.key);
      if (isUnsent(upload)) this.#tickets.withdraw(upload);
    });
  }

  /** Cancels all that has not been sent and is not refused. */
  cancelAll(): void {
    this.cancel(
      this.#list
        .all()
        .filter(isMoving)
        .map(({ key }) => key),
    );
    this.#tickets.stop();
  }

  /**
   * Changes who will see the files of a person that are not sent yet.
   *
   * A ticket says who sees its picture, so those given out before are taken back, in the middle of sending too.
   */
  show(visibility: Visibility): void {
    this.#askAnew((upload) => upload.visibility !== visibility, { visibility });
  }

  /** Has the files of a person that are not sent yet go into an album, likewise. */
  collect(album: string): void {
    this.#askAnew((upload) => upload.album !== album, { album });
  }

  /** Changes what the tickets of some unsent files say, so that others are asked for. */
  #askAnew(differs: (upload: Upload) => boolean, news: Partial<Pick<Upload, 'visibility' | 'album'>>): void {
    const changed = this.#list
      .all()
      .filter((upload) => upload.owner !== null && isUnsent(upload) && differs(upload));
    changed.forEach((upload) => {
      this.#sending.stop(upload.key);
      this.#tickets.withdraw(upload);
      const state = isMoving(upload) ? ({ step: 'queued' } as const) : upload.state;
      this.#list.change(upload.key, { ...news, ticket: null, state });
    });
    this.#tickets.stop();
    this.#start(changed.filter(isMoving).map(({ key }) => key));
  }

  /** Notes what has become of pictures in the gallery. */
  applyOutcomes(outcomes: Outcomes): void {
    this.#list.all().forEach(({ key, state, ticket }) => {
      const image = ticket ? outcomes.get(ticket.image_id) : undefined;
      if (state.step === 'sent' && image !== undefined)
        this.#list.change(key, { state: { step: 'done', image } });
    });
  }

  /** Forgets the uploads that are over, well or not. */
  clear(): void {
    this.#list.drop((upload) => !isUnderWay(upload));
  }

  /** Forgets all of one person's files, whose account is gone. */
  forgetOwner(owner: string): void {
    this.cancel(
      this.#list
        .all()
        .filter((upload) => upload.owner === owner)
        .map(({ key }) => key),
    );
    this.store.setState(({ parked }) => ({ parked: parked.filter((upload) => upload.owner !== owner) }));
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
      void this.#tickets.prepare(chunk).then(() => {
        chunk.forEach((key) => void this.#sending.send(key));
      });
    }
  }

  async #measure(key: string): Promise<void> {
    const { preview = null, ratio: known = null } = this.#list.find(key) ?? {};
    if (preview === null || known !== null) return;
    const ratio = await this.#dependencies.measure(preview);
    if (ratio === null) URL.revokeObjectURL(preview);
    this.#list.change(key, ratio === null ? { preview: null } : { ratio });
  }

  /** What the storage got was not the file, so nothing is left of that attempt. */
  #forgetSent(upload: Upload): void {
    this.#tickets.withdraw(upload);
    this.#list.change(upload.key, { ticket: null, sha256: null });
  }
}

function isSameFile(a: Upload, b: Upload): boolean {
  return a.owner === b.owner && a.name === b.name && a.size === b.size;
}
