import { cognitoUserPoolsTokenProvider } from '@aws-amplify/auth/cognito';
import { ConsoleLogger } from '@aws-amplify/core';
import { createHash, randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { configure, currentSession, leave } from '@/api/cognito';
import { Problem } from '@/api/problem';
import type { IdentitySettings } from '@/api/types';
import type { Credentials } from './credentials';

/** What is kept of a session: where its pool is, and what the pool's client wants to find again. */
interface Kept {
  identity: IdentitySettings;
  person: string;
  items: Record<string, string>;
}

/**
 * A session with a gallery, kept for this user alone: in a file that nobody else can read (0600).
 *
 * The tokens are those of the user pool's client, which renews the one that works for an hour by one that works for weeks. Each change
 * replaces the file as a whole, so that a killed process leaves the one before.
 */
export class Session {
  readonly #path: string;
  #kept: Kept | null = null;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string) {
    this.#path = path;
  }

  /** Opens what is kept of a session with the gallery at an origin; what can't be read is none. */
  static async open(origin: string, environment: NodeJS.ProcessEnv): Promise<Session> {
    const session = new Session(sessionFile(origin, environment));
    session.#kept = await readFile(session.#path, 'utf8').then(keptIn, () => null);
    return session;
  }

  /** Returns what proves who is signed in, or null where nobody is. */
  get credentials(): Credentials | null {
    if (this.#kept === null) return null;
    const { identity, person } = this.#kept;
    this.#use(identity);
    const token = async (renew: boolean) => {
      const current = await currentSession(renew);
      if (current === null)
        throw new Problem(401, 'You have been signed out. “gallery login” signs in again.');
      return current.token;
    };
    return { person, token };
  }

  /** Begins a session with a pool; `complete` keeps it. */
  begin(identity: IdentitySettings): void {
    this.#kept = { identity, person: '', items: {} };
    this.#use(identity);
  }

  /** Keeps the session of whoever has signed in; returns their address. */
  async complete(): Promise<string> {
    const current = await currentSession(false);
    if (current === null || this.#kept === null) throw new Problem(401, 'Nobody has signed in.');
    this.#kept.person = current.person.sub;
    await this.#write();
    return current.person.email;
  }

  /** Revokes the session where the pool can be reached, and forgets it in any case; tells whether there was one. */
  async end(): Promise<boolean> {
    if (this.#kept === null) return false;
    this.#use(this.#kept.identity);
    this.#kept.person = ''; // what the client forgets now need not be kept
    try {
      await leave();
    } finally {
      this.#kept = null;
      await rm(this.#path, { force: true });
    }
    return true;
  }

  #use(identity: IdentitySettings): void {
    // It remarks on every pool that is not Amazon's own.
    ConsoleLogger.LOG_LEVEL = 'ERROR';
    configure(identity);
    cognitoUserPoolsTokenProvider.setKeyValueStorage({
      getItem: (key) => Promise.resolve(this.#kept?.items[key] ?? null),
      setItem: (key, value) => this.#change({ [key]: value }),
      removeItem: (key) => this.#change({ [key]: undefined }),
      clear: () => Promise.resolve(),
    });
  }

  async #change(items: Record<string, string | undefined>): Promise<void> {
    if (this.#kept === null) return;
    const all = Object.entries({ ...this.#kept.items, ...items });
    this.#kept.items = Object.fromEntries(
      all.filter((item): item is [string, string] => item[1] !== undefined),
    );
    // One after the other: the client changes several at once.
    if (this.#kept.person !== '') await (this.#writing = this.#writing.then(() => this.#write()));
  }

  async #write(): Promise<void> {
    const draft = `${this.#path}.${randomUUID()}`;
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    await writeFile(draft, JSON.stringify(this.#kept), { mode: 0o600 });
    await chmod(draft, 0o600);
    await rename(draft, this.#path);
  }
}

/** Returns where a session is kept: where the platform keeps what programs are told. */
export function sessionFile(
  origin: string,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string {
  const name = createHash('sha256').update(origin).digest('hex').slice(0, 16);
  return join(placeOf(environment, platform), 'neural-gallery', 'sessions', `${name}.json`);
}

function placeOf(
  { XDG_CONFIG_HOME = '', APPDATA = '' }: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): string {
  if (isAbsolute(XDG_CONFIG_HOME)) return XDG_CONFIG_HOME;
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  if (platform === 'win32') return APPDATA || join(homedir(), 'AppData', 'Roaming');
  return join(homedir(), '.config');
}

function keptIn(text: string): Kept | null {
  try {
    const { identity, person, items } = JSON.parse(text) as Partial<Kept>;
    return identity && person && items ? { identity, person, items } : null;
  } catch {
    return null;
  }
}
