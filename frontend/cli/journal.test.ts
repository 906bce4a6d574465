import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Journal, journalPath } from './journal';
import { folder, idOf } from './testing';

const somewhere = () => journalPath('https://example.org', { XDG_STATE_HOME: folder() });

afterEach(() => {
  vi.useRealTimers();
});

describe('the journal of what was sent', () => {
  it('is remembered by the next run', async () => {
    const path = somewhere();
    await (await Journal.open(path)).note('aa', idOf(1));
    const next = await Journal.open(path);
    expect([next.find('aa'), next.find('bb')]).toEqual([idOf(1), undefined]);
  });

  it('survives a kill in the middle of a line', async () => {
    const path = somewhere();
    await (await Journal.open(path)).note('aa', idOf(1));
    appendFileSync(path, '{"sha256":"bb","ima');
    await (await Journal.open(path)).note('cc', idOf(3));
    const next = await Journal.open(path);
    expect([next.find('aa'), next.find('cc')]).toEqual([idOf(1), idOf(3)]);
  });

  it('forgets after a day', async () => {
    const path = somewhere();
    await (await Journal.open(path)).note('aa', idOf(1));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 3600 * 1000 });
    expect((await Journal.open(path)).find('aa')).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  it('is another for each gallery', () => {
    const environment = { XDG_STATE_HOME: join('/', 'state') };
    expect(journalPath('https://a.org', environment)).not.toBe(journalPath('https://b.org', environment));
  });
});
