/**
 * What was not sent yet, kept in IndexedDB by its owner: what a file is called and how large it is, and the file itself.
 *
 * Each page holds a Web Lock under its own name while it has files on their way. What a page left that has gone, its lock
 * with it, is adopted by the next one of the same person. Without locks nothing is kept.
 */
import { createStore, delMany, entries, set, setMany, type UseStore } from 'idb-keyval';
import pLimit from 'p-limit';
import { isUnsent, type Upload } from './upload';
import type { UploadQueue } from './queue';

interface StoredUpload extends Pick<
  Upload,
  'key' | 'name' | 'size' | 'file' | 'owner' | 'visibility' | 'album'
> {
  /** The page that has it on its way. */
  readonly page: string;
  /** When it was chosen, in milliseconds since 1970. */
  readonly at: number;
}

const MOST = 2000;
const MOST_BYTES = 500 * 2 ** 20;
const LONGEST_MS = 7 * 24 * 60 * 60_000;
const LOCK = 'unsent uploads';

const PAGE = `${LOCK} of ${Math.random().toString(36).slice(2)}`;
const oneByOne = pLimit(1);
const watched = new Set<string>([PAGE]);
/** What this page keeps, by key. */
const ownRows = new Map<string, StoredUpload>();

let store: UseStore | null = null;

/** Keeps what is unsent in a queue for as long as it is. */
export function keepUnsent({ store: uploading }: Pick<UploadQueue, 'store'>): void {
  if (!supported()) return;
  uploading.subscribe(({ uploads, parked }, before) => {
    if (uploads === before.uploads && parked === before.parked) return;
    const unsent = [...uploads, ...parked].filter(isUnsent);
    const keys = new Set(unsent.map(({ key }) => key));
    const over = [...ownRows.keys()].filter((key) => !keys.has(key));
    const news = unsent.filter(({ key, visibility, album }) => {
      const row = ownRows.get(key);
      return row?.visibility !== visibility || row.album !== album;
    });
    if (over.length > 0) forget(over);
    if (news.length > 0) keep(news.slice(0, Math.max(0, MOST - ownRows.size)));
  });
}

/**
 * Gives back what pages that have gone left of one person's files, null for nobody's; it is this page's from now on.
 *
 * Does so once more whenever another page of that person goes.
 */
export async function adopt(owner: string | null, give: (left: Upload[]) => void): Promise<void> {
  if (!supported()) return;
  const again = () => void adopt(owner, give);
  const left = await quietly<StoredUpload[]>([], async () =>
    navigator.locks.request(LOCK, () => takeOver(owner, again)),
  );
  left.forEach((row) => ownRows.set(row.key, row));
  if (left.length > 0) give(left.map(uploadOfRow));
}

/** Keeps no file of a person any longer, only what those that were not sent are called. */
export function forgetFiles(owner: string): void {
  if (!supported()) return;
  void inTurn(async () => {
    const openPages = await findOpenPages();
    const theirs = (await all()).filter((row) => row.owner === owner && row.file !== null);
    const ours = theirs.filter(({ page }) => page === PAGE || !openPages.has(page)); // other pages do so themselves
    const names = ours.map((row) => ({ ...row, file: null }));
    names.forEach((row) => {
      if (ownRows.has(row.key)) ownRows.set(row.key, row);
    });
    await write(names);
  });
}

/** Forgets all that is kept of a person, names as well. */
export function forgetOwner(owner: string): void {
  if (!supported()) return;
  void inTurn(async () => {
    const theirs = (await all()).filter((row) => row.owner === owner).map(({ key }) => key);
    theirs.forEach((key) => ownRows.delete(key));
    await delMany(theirs, database());
  });
}

/** Keeps names at once, files one by one as long as there is room. */
function keep(uploads: readonly Upload[]): void {
  const names = uploads.map(({ key, name, size, owner, visibility, album }) => ({
    ...{ key, name, size, owner, visibility, album },
    file: ownRows.get(key)?.file ?? null,
    page: PAGE,
    at: ownRows.get(key)?.at ?? Date.now(),
  }));
  names.forEach((row) => ownRows.set(row.key, row));
  void inTurn(async () => {
    await holdLock();
    await write(names);
  });
  uploads.forEach(({ key, file }) => {
    if (file !== null) void inTurn(() => keepFile(key, file));
  });
}

async function keepFile(key: string, file: File): Promise<void> {
  const known = ownRows.get(key);
  const bytes = [...ownRows.values()].reduce((sum, row) => sum + (row.file?.size ?? 0), file.size);
  if (known?.file !== null || bytes > MOST_BYTES) return;
  const whole = { ...known, file };
  ownRows.set(key, whole);
  await set(key, whole, database());
}

function forget(keys: string[]): void {
  keys.forEach((key) => ownRows.delete(key));
  void inTurn(() => delMany(keys, database()));
}

async function takeOver(owner: string | null, again: () => void): Promise<StoredUpload[]> {
  const kept = await all();
  const old = kept.filter(({ at }) => Date.now() - at > LONGEST_MS);
  await delMany(
    old.map(({ key }) => key),
    database(),
  );
  const openPages = await findOpenPages();
  const theirs = kept.filter((row) => row.owner === owner && !old.includes(row) && row.page !== PAGE);
  theirs.filter(({ page }) => openPages.has(page)).forEach(({ page }) => watch(page, again));
  const left = theirs.filter(({ page }) => !openPages.has(page)).map((row) => ({ ...row, page: PAGE }));
  if (left.length > 0) await holdLock();
  await write(left);
  return left;
}

/** Looks once more when another page has gone. */
function watch(page: string, again: () => void): void {
  if (watched.has(page)) return;
  watched.add(page);
  void navigator.locks.request(page, () => undefined).then(again);
}

async function findOpenPages(): Promise<Set<string | undefined>> {
  const { held: locks = [] } = await navigator.locks.query();
  return new Set(locks.map(({ name }) => name));
}

let lock: Promise<void> | null = null;

/** Takes this page's own lock, which ends with the page. */
function holdLock(): Promise<void> {
  lock ??= new Promise((taken) => {
    void navigator.locks.request(PAGE, () => {
      taken();
      return new Promise(() => undefined);
    });
  });
  return lock;
}

async function all(): Promise<StoredUpload[]> {
  return (await entries<string, StoredUpload>(database())).map(([, kept]) => kept);
}

function write(kept: readonly StoredUpload[]): Promise<void> {
  return setMany(
    kept.map((row) => [row.key, row]),
    database(),
  );
}

function uploadOfRow({ key, name, size, file, owner, visibility }: StoredUpload): Upload {
  const unknown = { ticket: null, sha256: null, preview: null, ratio: null };
  return { key, name, size, file, owner, visibility, ...unknown, state: { step: 'interrupted' } };
}

function database(): UseStore {
  store ??= createStore('neural-gallery', LOCK);
  return store;
}

function supported(): boolean {
  return 'indexedDB' in globalThis && 'locks' in navigator;
}

function inTurn(work: () => Promise<void>): Promise<void> {
  return oneByOne(() => quietly(undefined, work));
}

/** Storage may be full or forbidden; then less is kept. */
async function quietly<Result>(otherwise: Result, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch {
    return otherwise;
  }
}
