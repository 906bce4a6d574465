import pLimit from 'p-limit';
import { inWords } from '@/api/problem';
import type { Ticket, UploadAnswer } from '@/api/types';
import type { UploadList } from './list';
import { withRetry, type RetryOptions } from '@/shared/uploads/withRetry';
import { isUnderWay, type Upload } from './upload';

/** What getting tickets needs of the world. */
export interface TicketDependencies extends RetryOptions {
  hash: (file: File) => Promise<string | null>;
  /** Asks in the name of the owner, null for nobody; refused without that owner's session. */
  requestTickets: (
    owner: string | null,
    uploads: readonly Upload[],
    signal: AbortSignal,
  ) => Promise<UploadAnswer[]>;
  /** Takes back a picture whose upload was cancelled, in the name of its owner. */
  withdraw: (imageId: string, owner: string | null) => Promise<void>;
}

/** Gets a ticket for each upload, one request at a time, and takes back those that are not used. */
export class Tickets {
  readonly #list: UploadList;
  readonly #dependencies: TicketDependencies;
  readonly #oneByOne = pLimit(1);
  #requests = new AbortController();

  constructor(list: UploadList, dependencies: TicketDependencies) {
    this.#list = list;
    this.#dependencies = dependencies;
  }

  /** Hashes files, leaves out what is on its way already, and asks for tickets for the rest. */
  prepare(keys: readonly string[]): Promise<void> {
    return this.#oneByOne(() => this.#hashAndFetch(keys));
  }

  /** Asks for another ticket where that of an upload has run out or was taken back. */
  renew(key: string): Promise<void> {
    return this.#oneByOne(() => this.#fetch([key]));
  }

  /** Stops asking, which may be waiting for a long time. */
  stop(): void {
    this.#requests.abort(new DOMException('Cancelled', 'AbortError'));
    this.#requests = new AbortController();
  }

  withdraw({ ticket, owner }: Pick<Upload, 'ticket' | 'owner'>): void {
    if (ticket === null) return;
    // Should this fail, a ticket without bytes expires by itself and a picture can be deleted by hand.
    void this.#dependencies.withdraw(ticket.image_id, owner).catch(() => undefined);
  }

  async #hashAndFetch(keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map((key) => this.#hash(key)));
    keys.forEach((key) => {
      this.#skipDuplicate(key);
    });
    await this.#fetch(keys);
  }

  async #hash(key: string): Promise<void> {
    const upload = this.#list.find(key);
    if (upload?.file && upload.sha256 === null)
      this.#list.change(key, { sha256: await this.#dependencies.hash(upload.file) });
  }

  /** Sends the same file only once while it is on its way; after that the gallery knows best whether it has it. */
  #skipDuplicate(key: string): void {
    const upload = this.#list.find(key);
    if (upload?.state.step !== 'queued' || upload.sha256 === null) return;
    const before = this.#list.all().slice(0, this.#list.all().indexOf(upload));
    const original = before.find(
      (other) => other.sha256 === upload.sha256 && other.owner === upload.owner && isUnderWay(other),
    );
    if (original)
      this.#list.change(key, { state: { step: 'duplicate', of: original.ticket?.image_id ?? null } });
  }

  async #fetch(keys: readonly string[]): Promise<void> {
    const withoutTicket = this.#list
      .all()
      .filter(({ key, state, ticket }) => keys.includes(key) && state.step === 'queued' && !usable(ticket));
    for (const owner of new Set(withoutTicket.map((upload) => upload.owner)))
      await this.#fetchOf(
        owner,
        withoutTicket.filter((upload) => upload.owner === owner),
      );
  }

  async #fetchOf(owner: string | null, uploads: readonly Upload[]): Promise<void> {
    const { signal } = this.#requests;
    const ask = () => this.#dependencies.requestTickets(owner, uploads, signal);
    try {
      const answers = await withRetry(ask, this.#dependencies, signal);
      uploads.forEach((upload, index) => {
        this.#take(upload, answers[index]);
      });
    } catch (error) {
      if (signal.aborted) return; // whatever is still wanted asks for itself before it is sent
      uploads.forEach(({ key }) => {
        this.#list.change(key, { state: { step: 'failed', reason: inWords(error) } });
      });
    }
  }

  #take(asked: Upload, answer: UploadAnswer | undefined): void {
    const { key } = asked;
    if (answer?.status === 'ready') {
      const now = this.#list.find(key);
      const asBefore = now?.visibility === asked.visibility && now.album === asked.album;
      if (asBefore) this.#list.change(key, { ticket: answer });
      else this.withdraw({ ...asked, ticket: answer });
    } else if (answer?.status === 'duplicate') {
      this.#list.change(key, { state: { step: 'duplicate', of: answer.duplicate_of } });
    } else {
      const reason = answer?.detail ?? 'The gallery did not answer for this file.';
      const step = answer && answer.code !== RATE_LIMITED ? 'refused' : 'failed';
      this.#list.change(key, { state: { step, reason } });
    }
  }
}

/** The code of a file that was refused since its sender has had enough for now. */
const RATE_LIMITED = 'rate_limited';

function usable(ticket: Ticket | null): boolean {
  return ticket !== null && Date.parse(ticket.expires_at) - Date.now() > 60_000;
}
