// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Upload, UploadState } from './upload';

interface Row {
  name: string;
  owner: string | null;
  page: string;
  file: File | null;
}

const rows = new Map<string, Row>();
/** Who holds a lock, by its name; the pages under test share the browser's. */
const locks = new Map<string, Promise<unknown>>();

vi.mock('idb-keyval', () => ({
  createStore: () => null,
  entries: () => Promise.resolve([...rows]),
  set: (key: string, row: Row) => Promise.resolve(rows.set(key, row)),
  setMany: (changes: [string, Row][]) => {
    changes.forEach(([key, row]) => rows.set(key, row));
    return Promise.resolve();
  },
  delMany: (keys: string[]) => {
    keys.forEach((key) => rows.delete(key));
    return Promise.resolve();
  },
}));

async function request(name: string, act: () => unknown): Promise<unknown> {
  const before = locks.get(name) ?? Promise.resolve();
  const holding = before.then(act);
  locks.set(name, holding);
  void holding.then(() => locks.get(name) === holding && locks.delete(name));
  return holding;
}

const upload = (name: string, owner: string | null, state: UploadState = { step: 'queued' }): Upload => ({
  ...{ key: `key of ${name}`, name, size: 5, file: new File(['bytes'], name), owner, state },
  ...{ ticket: null, sha256: null, preview: null, ratio: null, visibility: 'private' },
});

/** Opens another page of the same browser, with what it keeps of a queue of its own. */
async function openPage() {
  vi.resetModules();
  const [unsent, { UploadList }, { createUploadStore }] = await Promise.all([
    import('./unsent'),
    import('./list'),
    import('./uploadStore'),
  ]);
  const { store } = new UploadList(createUploadStore());
  unsent.keepUnsent({ store });
  const adopted: Upload[] = [];
  const adopt = (owner: string | null) => unsent.adopt(owner, (left) => adopted.push(...left));
  return { ...unsent, store, adopt, adopted };
}

const kept = () => [...rows.values()].map(({ name }) => name).sort();
/** Returns once all that is under way is done: nothing here takes time, and timers come after every promise. */
const written = () => new Promise((resolve) => setTimeout(resolve));

describe('what was not sent', () => {
  beforeEach(() => {
    rows.clear();
    locks.clear();
    vi.stubGlobal('indexedDB', {});
    Object.assign(navigator, {
      locks: {
        request,
        query: () => Promise.resolve({ held: [...locks.keys()].map((name) => ({ name })) }),
      },
    });
  });

  it('is kept with its file until it is sent', async () => {
    const { store } = await openPage();
    store.setState({ uploads: [upload('a', 'anna'), upload('b', 'anna')], parked: [upload('c', 'ben')] });
    await written();
    expect(kept()).toEqual(['a', 'b', 'c']);
    expect([...rows.values()].every(({ file }) => file !== null)).toBe(true);
    store.setState({ uploads: [upload('a', 'anna', { step: 'sent' }), upload('b', 'anna')] });
    await written();
    expect(kept()).toEqual(['b', 'c']);
  });

  it('goes to the next page of the same person alone, once its page has gone', async () => {
    const first = await openPage();
    first.store.setState({ uploads: [upload('a', 'anna'), upload('b', null)] });
    await written();
    const second = await openPage();
    await second.adopt('anna');
    expect(second.adopted).toEqual([]);
    locks.clear(); // the browser ends the locks of a page with it
    await (await openPage()).adopt('ben');
    await second.adopt('anna');
    expect(second.adopted).toMatchObject([{ name: 'a', owner: 'anna', state: { step: 'interrupted' } }]);
    expect(second.adopted[0]?.file).not.toBeNull();
    expect(kept()).toEqual(['a', 'b']);
  });

  it('is forgotten after a week', async () => {
    const first = await openPage();
    first.store.setState({ uploads: [upload('a', 'anna')] });
    await written();
    locks.clear();
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 8 * 24 * 60 * 60_000);
    const second = await openPage();
    await second.adopt('anna');
    expect([second.adopted, kept()]).toEqual([[], []]);
  });

  it('is only a name once its person signs out, and nothing once the account is erased', async () => {
    const { store, forgetFiles, forgetOwner } = await openPage();
    store.setState({ uploads: [upload('a', 'anna'), upload('b', 'ben')] });
    await written();
    forgetFiles('anna');
    await written();
    expect([...rows.values()].map(({ name, file }) => `${name} ${file?.size ?? 'without bytes'}`)).toEqual([
      'a without bytes',
      'b 5',
    ]);
    forgetOwner('anna');
    await written();
    expect(kept()).toEqual(['b']);
  });

  it('is not kept where the browser has no locks', async () => {
    Reflect.deleteProperty(navigator, 'locks');
    const { store } = await openPage();
    store.setState({ uploads: [upload('a', 'anna')] });
    await written();
    expect(kept()).toEqual([]);
  });
});
