import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { stateFile } from '../journal';

/** What has become of a file. */
interface Entry {
  file: string;
  image_id: string;
  /** When it was sent (Date.now()); null where the gallery had it already. */
  sent_at: number | null;
}

/**
 * Remembers which files were brought into one gallery for one person, so that an import that was stopped goes on from there.
 *
 * A line is written when a picture has arrived. One that is lost costs a picture read again, which the gallery then has.
 */
export class ImportState {
  readonly #path: string;
  readonly #entries = new Map<string, Entry>();

  private constructor(path: string) {
    this.#path = path;
  }

  /** Opens the state of imports into the gallery at an origin; raises what the file system says where it can't be kept. */
  static async open(origin: string, person: string, environment: NodeJS.ProcessEnv): Promise<ImportState> {
    const state = new ImportState(stateFile(environment, `import ${origin} ${person}`));
    await mkdir(dirname(state.#path), { recursive: true, mode: 0o700 });
    const lines = (await readFile(state.#path, 'utf8').catch(() => '')).split('\n');
    for (const line of lines) state.#read(line);
    return state;
  }

  /** Returns the id of the picture that a file was brought in as. */
  find(file: string): string | undefined {
    return this.#entries.get(file)?.image_id;
  }

  /** Returns when pictures were sent. */
  get sent(): number[] {
    return [...this.#entries.values()].map(({ sent_at }) => sent_at).filter((at) => at !== null);
  }

  async note(file: string, imageId: string, sent: boolean): Promise<void> {
    const entry = { file, image_id: imageId, sent_at: sent ? Date.now() : null };
    this.#entries.set(file, entry);
    await appendFile(this.#path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }

  /** Takes up a line, unless it is half of one that a killed run has left. */
  #read(line: string): void {
    try {
      const { file, image_id, sent_at } = JSON.parse(line) as Partial<Entry>;
      if (typeof file !== 'string' || typeof image_id !== 'string') return;
      this.#entries.set(file, { file, image_id, sent_at: sent_at ?? null });
    } catch {
      // so that its picture is brought in again
    }
  }
}

/** Returns what tells a file from all others without reading it: where it lies, its size, and its CRC or date. */
export function keyOfFile(path: string, size: number, version: number | null): string {
  return createHash('sha256')
    .update(JSON.stringify([path, size, version]))
    .digest('hex')
    .slice(0, 32);
}
