import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

interface Entry {
  sha256: string;
  image_id: string;
  sent_at: number;
}

const KEPT_MS = 24 * 3600 * 1000;

/**
 * Remembers for a day which bytes were sent as which picture.
 *
 * The gallery itself knows every picture it has looked at by its SHA-256. This covers those still in its queue, should an upload
 * be stopped and started again. It is a hint: lost, it costs a picture sent twice, of which the gallery refuses one.
 */
export class Journal {
  readonly #path: string;
  readonly #entries: Map<string, string>;

  private constructor(path: string, entries: readonly Entry[]) {
    this.#path = path;
    this.#entries = new Map(entries.map(({ sha256, image_id }) => [sha256, image_id]));
  }

  /** Opens the journal of one gallery; raises what the file system says where it can't be kept. */
  static async open(path: string): Promise<Journal> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
    const entries = lines.map(entryIn).filter((entry) => entry !== null);
    if (entries.length < lines.length) await replace(path, entries);
    return new Journal(path, entries);
  }

  /** Returns the id of the picture that these bytes were sent as lately. */
  find(sha256: string): string | undefined {
    return this.#entries.get(sha256);
  }

  /** Notes that a picture's bytes have arrived. */
  async note(sha256: string, imageId: string): Promise<void> {
    this.#entries.set(sha256, imageId);
    await appendFile(this.#path, lineOf({ sha256, image_id: imageId, sent_at: Date.now() }));
  }
}

/** Returns where the journal of a gallery is kept. */
export function journalPath(origin: string, environment: NodeJS.ProcessEnv): string {
  return stateFile(environment, origin);
}

/** Returns where something is kept that is of use again, but of which nobody misses anything. */
export function stateFile(environment: NodeJS.ProcessEnv, subject: string): string {
  const named = environment.XDG_STATE_HOME ?? '';
  const state = isAbsolute(named) ? named : join(homedir(), '.local', 'state');
  const name = createHash('sha256').update(subject).digest('hex').slice(0, 16);
  return join(state, 'neural-gallery', `${name}.jsonl`);
}

/** Reads a line that is young and whole, or null: a killed run may leave half of one. */
function entryIn(line: string): Entry | null {
  try {
    const { sha256, image_id, sent_at } = JSON.parse(line) as Partial<Entry>;
    const whole = typeof sha256 === 'string' && typeof image_id === 'string' && typeof sent_at === 'number';
    return whole && Date.now() - sent_at < KEPT_MS ? { sha256, image_id, sent_at } : null;
  } catch {
    return null;
  }
}

async function replace(path: string, entries: readonly Entry[]): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, entries.map(lineOf).join(''), { mode: 0o600 });
  await rename(draft, path);
}

function lineOf(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}
