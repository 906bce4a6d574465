// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findFile } from './findFile';

describe('the file of all votes', () => {
  const fetched = vi.fn<(request: Request) => Promise<Response>>();
  const pending = () => Promise.resolve(Response.json({ status: 'pending' }, { status: 202 }));
  const ready = () => Promise.resolve(Response.json({ url: 'https://s3.test/votes.csv' }));

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', fetched);
    fetched.mockReset();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is asked for until it is made', async () => {
    fetched.mockImplementationOnce(pending).mockImplementationOnce(pending).mockImplementation(ready);
    const file = findFile('dog', new AbortController().signal);
    while (fetched.mock.calls.length < 3) await vi.advanceTimersByTimeAsync(2000);
    expect(await file).toBe('https://s3.test/votes.csv');
    const [first] = fetched.mock.calls[0] ?? [];
    expect([fetched.mock.calls.length, new URL(first?.url ?? '').search]).toEqual([
      3,
      '?format=csv&query=dog',
    ]);
  });

  it('is asked for no more once nobody waits', async () => {
    fetched.mockImplementation(pending);
    const waiting = new AbortController();
    const file = findFile(undefined, waiting.signal);
    const outcome = expect(file).rejects.toMatchObject({ name: 'AbortError' });
    await vi.advanceTimersByTimeAsync(1000);
    waiting.abort();
    await outcome;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('is given up when it is never made', async () => {
    fetched.mockImplementation(pending);
    const outcome = expect(findFile(undefined, new AbortController().signal)).rejects.toMatchObject({
      status: 504,
    });
    await vi.advanceTimersByTimeAsync(300_000);
    await outcome;
  });
});
