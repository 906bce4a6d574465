import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';
import { UsageError } from './exits';
import type { Outlet } from './terminal';

/** Asks whoever sits at the terminal, or reads line by line what another program says instead. */
export class Prompt {
  readonly #input: Readable & { isTTY?: boolean };
  readonly #output: Outlet;
  readonly #signal: AbortSignal;
  #lines: AsyncIterator<string> | null = null;
  #reader: Interface | null = null;
  #isSecret = false;

  constructor(input: Readable & { isTTY?: boolean }, output: Outlet, signal: AbortSignal) {
    this.#input = input;
    this.#output = output;
    this.#signal = signal;
  }

  async ask(question: string): Promise<string> {
    return (await this.#answerTo(question)).trim();
  }

  /** Asks for what nobody shall read on the screen. */
  async askSecretly(question: string): Promise<string> {
    this.#isSecret = true;
    try {
      return await this.#answerTo(question);
    } finally {
      this.#isSecret = false;
      if (this.#input.isTTY === true) this.#output.write('\n');
    }
  }

  /** Asks for leave; raises UsageError where nobody is there. */
  async confirm(question: string): Promise<boolean> {
    if (this.#input.isTTY !== true)
      throw new UsageError('Nobody is here to confirm; --yes goes on without asking.');
    return /^y(es)?$/i.test(await this.ask(`${question} [y/N] `));
  }

  close(): void {
    this.#reader?.close();
  }

  /** Returns the next line, empty at the end of the input. */
  async #answerTo(question: string): Promise<string> {
    if (this.#input.isTTY === true) this.#output.write(question);
    this.#lines ??= this.#open()[Symbol.asyncIterator]();
    const stopped = once(this.#signal, 'abort').then(() => {
      throw this.#signal.reason;
    });
    this.#signal.throwIfAborted();
    const line = await Promise.race([this.#lines.next(), stopped]);
    return line.done === true ? '' : line.value;
  }

  #open(): Interface {
    // What is typed is shown by readline itself, so that it can be kept from that.
    const echo = new Writable({
      write: (chunk, encoding, done) => {
        if (this.#isSecret) done();
        else this.#output.write(chunk, encoding, done);
      },
    });
    const terminal = this.#input.isTTY === true;
    this.#reader = createInterface({ input: this.#input, output: echo, terminal });
    return this.#reader;
  }
}
