import { basename } from 'node:path';
import pLimit, { type LimitFunction } from 'p-limit';
import { expectData } from '@/api/answers';
import { Problem } from '@/api/problem';
import type { Image, Settings, Ticket, UploadAnswer } from '@/api/types';
import { modifiedAt } from '@/shared/uploads/modifiedAt';
import { concernsAll, EXIT, sentenceOf } from './exits';
import { inspect, walk, type Candidate, type PictureFile } from './folder';
import type { Gallery } from './gallery';
import type { Journal } from './journal';
import { findPictures } from './pictures';
import { summarise, wordsOf, type Outcome } from './outcomes';
import { sendToStorage } from './sending';
import type { Terminal } from './terminal';
import { waitForCaptions } from './waiting';

const MAX_CONCURRENT_BATCHES = 2;
const MAX_CONCURRENT_READS = 4;
const TICKET_LEFT_MS = 60_000;

export interface UploadOptions {
  visibility: Image['visibility'];
  wait: boolean;
  jobs: number;
  /** Asked before tickets for so many pictures are; returns for how many now, one at least. */
  admit?: (count: number) => Promise<number>;
  /** Told for how many of those no ticket was needed. */
  spare?: (count: number) => void;
  /** Told which picture a file has become, or was already. */
  arrived?: (file: string, imageId: string, sent: boolean) => Promise<void>;
}

/** A picture and what the gallery answered when asked for a ticket. */
interface Answered {
  picture: PictureFile;
  answer: UploadAnswer | Refusal | undefined;
}

/** The gallery takes nothing that was said of a file. */
interface Refusal {
  status: 'refused';
  detail: string;
}

/** Uploads the pictures in some folders that the gallery doesn't have yet. Returns the exit code. */
export async function upload(
  gallery: Gallery,
  terminal: Terminal,
  journal: Journal | null,
  roots: readonly string[],
  options: UploadOptions,
): Promise<number> {
  const settings = await gallery.withRetry(() => expectData(gallery.api.GET('/api/settings')));
  const { files, unreadable } = await walk(roots);
  const run = new UploadRun(gallery, terminal, journal, settings, options, files.length);
  try {
    for (const { name, detail } of unreadable) await run.say({ file: name, status: 'failed', detail });
    await run.send(files);
    if (options.wait) await run.wait();
  } finally {
    await run.leave();
    terminal.finish();
    terminal.message(summarise(run.outcomes));
  }
  return run.outcomes.some(({ status }) => status === 'failed' || status === 'rejected')
    ? EXIT.someFailed
    : EXIT.done;
}

/** A run over a list of files, and what has become of each so far. */
export class UploadRun {
  readonly outcomes: Outcome[] = [];
  readonly #gallery: Gallery;
  readonly #terminal: Terminal;
  readonly #journal: Journal | null;
  readonly #settings: Settings;
  readonly #options: UploadOptions;
  readonly #sending: LimitFunction;
  readonly #asking: LimitFunction;
  readonly #total: number;
  /** Which file of this run has which bytes. */
  readonly #nameByHash = new Map<string, string>();
  /** The files whose pictures still wait for their caption, by the pictures' ids. */
  readonly #awaited = new Map<string, string>();
  #passedOver = 0;

  constructor(
    gallery: Gallery,
    terminal: Terminal,
    journal: Journal | null,
    settings: Settings,
    options: UploadOptions,
    total: number,
  ) {
    this.#gallery = gallery;
    this.#terminal = terminal;
    this.#journal = journal;
    this.#settings = settings;
    this.#options = options;
    this.#sending = pLimit(options.jobs);
    // Room that one batch gives back is there before the next one waits for some.
    this.#asking = pLimit(options.admit ? 1 : MAX_CONCURRENT_BATCHES);
    this.#total = total;
  }

  /** Says what has become of a file. */
  async say(news: Partial<Outcome> & Pick<Outcome, 'file' | 'status'>): Promise<void> {
    const outcome: Outcome = { image_id: null, caption: null, code: null, detail: null, ...news };
    this.outcomes.push(outcome);
    const { file, status, image_id } = outcome;
    if (image_id !== null && (status === 'uploaded' || status === 'duplicate'))
      await this.#options.arrived?.(file, image_id, status === 'uploaded');
    const well = ['uploaded', 'captioned', 'duplicate'].includes(outcome.status);
    if (!(well && this.#terminal.hasViewer)) await this.#terminal.result(outcome, wordsOf(outcome));
    this.#drawProgress();
  }

  /** Sends every picture among the files, a few batches of them at a time. */
  async send(files: readonly Candidate[]): Promise<void> {
    const size = this.#settings.uploads.max_files;
    const batches = Array.from({ length: Math.ceil(files.length / size) }, (_, n) =>
      files.slice(n * size, (n + 1) * size),
    );
    await this.#gallery.forEach(batches, MAX_CONCURRENT_BATCHES, (batch) => this.#handle(batch));
  }

  /** Waits until the gallery has looked at all that was sent. */
  async wait(): Promise<void> {
    if (this.#settings.model === null) {
      this.#terminal.message('The gallery has no model yet; captions come once it has.');
      return;
    }
    for await (const { id, image } of waitForCaptions(this.#gallery, [...this.#awaited.keys()])) {
      const file = this.#awaited.get(id) ?? id;
      this.#awaited.delete(id);
      await this.say(outcomeOf(file, id, image));
    }
  }

  /** Says of what was sent and has no caption at the end, that it was sent. */
  async leave(): Promise<void> {
    for (const [id, file] of this.#awaited) await this.say(outcomeOf(file, id, 'pending'));
    this.#awaited.clear();
  }

  async #handle(batch: readonly Candidate[]): Promise<void> {
    const reading = pLimit(MAX_CONCURRENT_READS);
    const pictures = await reading.map(batch, (file) => this.#look(file));
    const fresh = await this.#unknown(pictures.filter((picture) => picture !== null));
    await this.#sendAll(fresh);
  }

  /** Sends pictures, those beyond the hour's limit once there is room again. */
  async #sendAll(pictures: readonly PictureFile[]): Promise<void> {
    for (let left = pictures; left.length > 0;) {
      const batch = left;
      const pairs = await this.#asking(() => this.#admitSome(batch));
      const now = pairs.filter(({ answer }) => !isForLater(answer));
      await this.#gallery.forEach(now, Math.max(now.length, 1), ({ picture, answer }) =>
        this.#sending(() => this.#take(picture, answer)),
      );
      const later = pairs.filter(({ answer }) => isForLater(answer)).map(({ picture }) => picture);
      left = [...later, ...batch.slice(pairs.length)];
    }
  }

  /** Asks for tickets for as many of some pictures as may be sent now; returns these with their answers. */
  async #admitSome(pictures: readonly PictureFile[]): Promise<Answered[]> {
    const { admit, spare } = this.#options;
    const some = pictures.slice(0, (await admit?.(pictures.length)) ?? pictures.length);
    const answers = await this.#requestTickets(some);
    spare?.(answers.filter(({ status }) => status !== 'ready').length);
    return some.map((picture, at) => ({ picture, answer: answers[at] }));
  }

  /** Returns the picture that a file is, the first of its bytes in this run, or null. */
  async #look(file: Candidate): Promise<PictureFile | null> {
    this.#gallery.signal.throwIfAborted();
    const picture = await this.#inspect(file);
    if (picture === null) {
      this.#passedOver += 1;
      this.#drawProgress();
      return null;
    }
    if ('status' in picture) {
      await this.say({ file: file.name, ...picture });
      return null;
    }
    const firstOfSame = this.#nameByHash.get(picture.sha256);
    if (firstOfSame !== undefined) {
      await this.say({ file: file.name, status: 'duplicate', detail: `The same bytes as ${firstOfSame}.` });
      return null;
    }
    this.#nameByHash.set(picture.sha256, file.name);
    return picture;
  }

  async #inspect(
    file: Candidate,
  ): Promise<PictureFile | null | { status: 'rejected' | 'failed'; detail: string }> {
    try {
      const known = await inspect(file, this.#settings.uploads, this.#gallery.signal);
      return typeof known === 'string' ? { status: 'rejected', detail: known } : known;
    } catch (error) {
      this.#gallery.signal.throwIfAborted();
      return { status: 'failed', detail: sentenceOf(error) };
    }
  }

  /** Drops the pictures that were sent lately and wait for the gallery to look at them. */
  async #unknown(pictures: readonly PictureFile[]): Promise<PictureFile[]> {
    const ids = pictures.map(({ sha256 }) => this.#journal?.find(sha256)).filter((id) => id !== undefined);
    const known = ids.length > 0 ? await findPictures(this.#gallery, ids) : new Map<string, Image>();
    const fresh: PictureFile[] = [];
    for (const picture of pictures) {
      const image = known.get(this.#journal?.find(picture.sha256) ?? '');
      if (image?.status === 'pending') await this.#arrived(picture.name, image.id, 'duplicate');
      else fresh.push(picture);
    }
    return fresh;
  }

  /** POST /api/uploads: a ticket for each picture, in order, or why there is none. */
  async #requestTickets(pictures: readonly PictureFile[]): Promise<(UploadAnswer | Refusal)[]> {
    const { visibility } = this.#options;
    const files = pictures.map(({ name, content, type, sha256, fields }) => ({
      name: basename(name).slice(-255).toWellFormed(),
      visibility,
      modified_at: content.modified === null ? null : modifiedAt(content.modified),
      ...fields,
      type,
      size: content.size,
      sha256,
    }));
    const ask = () => expectData(this.#gallery.api.POST('/api/uploads', { body: { files } }));
    try {
      return (await this.#gallery.withRetry(ask)).uploads;
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 422) throw error;
      if (pictures.length === 1) return [{ status: 'refused', detail: error.message }];
      // One of them says what can't be; the others come in without it.
      const answers: (UploadAnswer | Refusal)[] = [];
      for (const picture of pictures) answers.push(...(await this.#requestTickets([picture])));
      return answers;
    }
  }

  async #take(picture: PictureFile, answer: UploadAnswer | Refusal | undefined): Promise<void> {
    const file = picture.name;
    switch (answer?.status) {
      case 'ready':
        return this.#deliver(picture, answer);
      case 'duplicate':
        return this.say({ file, status: 'duplicate', image_id: answer.duplicate_of });
      case 'rejected':
        return this.say({ file, status: 'rejected', code: answer.code, detail: answer.detail });
      case 'refused':
        return this.say({ file, status: 'rejected', detail: answer.detail });
      case undefined:
        return this.say({ file, status: 'failed', detail: 'The gallery did not answer for this file.' });
    }
  }

  async #deliver(picture: PictureFile, ticket: Ticket): Promise<void> {
    this.#gallery.signal.throwIfAborted();
    if (Date.parse(ticket.expires_at) - Date.now() < TICKET_LEFT_MS) {
      const [renewed] = await this.#requestTickets([picture]);
      return this.#take(picture, renewed);
    }
    try {
      await this.#gallery.withRetry(() => sendToStorage(ticket, picture, this.#gallery.signal));
    } catch (error) {
      if (this.#gallery.signal.aborted || concernsAll(error)) throw error;
      return this.say({ file: picture.name, status: 'failed', detail: sentenceOf(error) });
    }
    // Without its note a picture might at worst be sent twice.
    await this.#journal?.note(picture.sha256, ticket.image_id).catch(() => undefined);
    return this.#arrived(picture.name, ticket.image_id, 'uploaded');
  }

  async #arrived(file: string, id: string, status: 'uploaded' | 'duplicate'): Promise<void> {
    if (this.#options.wait && this.#settings.model !== null) {
      this.#awaited.set(id, file);
      this.#drawProgress();
    } else await this.say({ file, status, image_id: id });
  }

  #drawProgress(): void {
    const waiting = this.#awaited.size;
    const done = this.outcomes.length + this.#passedOver + waiting;
    const words = waiting > 0 ? `files sent, ${waiting} of them waiting for captions` : 'files done';
    this.#terminal.progress(Math.min(done, this.#total), this.#total, words);
  }
}

/** Whether a picture has no ticket only because the hour's limit is reached; asked for again, it waits for its turn. */
function isForLater(answer: UploadAnswer | Refusal | undefined): boolean {
  return answer?.status === 'rejected' && answer.code === 'rate_limited';
}

function outcomeOf(
  file: string,
  id: string,
  image: Image | null | 'pending',
): Partial<Outcome> & Pick<Outcome, 'file' | 'status'> {
  if (image === null) return { file, status: 'failed', image_id: id, detail: 'It was deleted meanwhile.' };
  if (image === 'pending' || image.status === 'pending')
    return { file, status: 'uploaded', image_id: id, detail: 'Its caption is still to come.' };
  if (image.failure?.code === 'duplicate')
    return { file, status: 'duplicate', image_id: image.failure.duplicate_of ?? id };
  if (image.failure)
    return { file, status: 'failed', image_id: id, code: image.failure.code, detail: image.failure.detail };
  return { file, status: 'captioned', image_id: id, caption: image.caption };
}
