import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** A stream that may lead to a terminal. */
export type Outlet = Writable & { isTTY?: boolean; columns?: number };

// Zero-width joiners and non-joiners are part of how emoji and words are spelt.
const UNSEEN = /(?![\u200C\u200D])[\p{Control}\p{Format}\p{Zl}\p{Zp}\p{Surrogate}]/gu;

/** Returns somebody else's words without what could steer a terminal or turn their direction. */
export function printable(text: string): string {
  return text.replace(UNSEEN, '�');
}

/** Writes a document as one line of JSON that a terminal can show as it is. */
export function jsonLine(document: unknown): string {
  return JSON.stringify(document).replace(UNSEEN, (sign) => sign.split('').map(escaped).join(''));
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What a command says: its results to one stream, in words or as lines of JSON; everything else to the other. */
export class Terminal {
  readonly json: boolean;
  readonly #results: Outlet;
  readonly #messages: Outlet;
  #bar = '';

  constructor(results: Outlet, messages: Outlet, json: boolean) {
    this.#results = results;
    this.#messages = messages;
    this.json = json;
  }

  /** Whether somebody looks on, for whom a bar says more than a line for all that goes well. */
  get hasViewer(): boolean {
    return this.#results.isTTY === true && this.#hasBar;
  }

  get #hasBar(): boolean {
    return this.#messages.isTTY === true && !this.json;
  }

  /** Says a result, and waits until whoever reads can take more. */
  async result(document: unknown, words: string): Promise<void> {
    this.#erase();
    const line = this.json ? jsonLine(document) : printable(words);
    if (!this.#results.write(`${line}\n`)) await once(this.#results, 'drain');
    this.#draw();
  }

  /** Says something that is no result. */
  message(words: string): void {
    this.#erase();
    this.#messages.write(`${printable(words)}\n`);
    this.#draw();
  }

  /** Draws how far a long work has got, where somebody looks on. */
  progress(done: number, total: number, words: string): void {
    if (!this.#hasBar) return;
    this.#erase();
    this.#bar = barOf(done, total, words).slice(0, widthOf(this.#messages) - 1);
    this.#draw();
  }

  /** Takes the bar away again. */
  finish(): void {
    this.#erase();
    this.#bar = '';
  }

  #erase(): void {
    if (this.#bar !== '') this.#messages.write('\r\u001B[K');
  }

  #draw(): void {
    if (this.#bar !== '') this.#messages.write(this.#bar);
  }
}

const CELLS = 24;

function barOf(done: number, total: number, words: string): string {
  const full = total > 0 ? Math.floor((CELLS * done) / total) : 0;
  return `${'█'.repeat(full)}${'░'.repeat(CELLS - full)} ${done} of ${total} ${words}`;
}

/** Terminals that don't know their width say nothing, or 0. */
function widthOf({ columns = 0 }: Outlet): number {
  return columns > 0 ? columns : 80;
}
