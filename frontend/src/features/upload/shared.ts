import { createStore, del, get, type UseStore } from 'idb-keyval';

/** What another app has shared, as the service worker keeps it. */
interface SharedFiles {
  readonly files: readonly File[];
  /** When it was shared, in milliseconds since 1970. */
  readonly at: number;
}

const KEY = 'shared';
const LONGEST_MS = 60 * 60_000;

let store: UseStore | null = null;

/** Returns the files that another app has shared within the last hour, and forgets older ones; none where nothing can be kept. */
export async function sharedFiles(now = Date.now()): Promise<readonly File[]> {
  if (!supported()) return [];
  try {
    const shared = await get<SharedFiles>(KEY, storeOfWorker());
    if (shared && now - shared.at <= LONGEST_MS) return shared.files;
    await forgetSharedFiles();
  } catch {
    // A browser that keeps nothing has nothing to give.
  }
  return [];
}

/** Forgets what was shared: it was chosen or thrown away, or whoever was here has signed out. */
export async function forgetSharedFiles(): Promise<void> {
  if (supported()) await del(KEY, storeOfWorker()).catch(() => undefined);
}

function supported(): boolean {
  return 'indexedDB' in globalThis;
}

function storeOfWorker(): UseStore {
  return (store ??= createStore('shared-files', 'files'));
}
