// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { countDigit } from './countDigit';

describe('the count of a digit', () => {
  const { signal } = new AbortController();

  it('is exact though no other number of the page could hold it', async () => {
    const count = '123456789012345678901234567890';
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(`{"digit":7,"n":${count}0,"count":${count}}`)));
    expect(await countDigit('7', `${count}0`, signal)).toBe(BigInt(count));
  });

  it('is asked for by the digits themselves', async () => {
    const n = '9'.repeat(1000);
    const fetched = vi.fn<(request: Request) => Promise<Response>>();
    fetched.mockResolvedValue(new Response('{"digit":0,"n":1,"count":2}'));
    vi.stubGlobal('fetch', fetched);
    expect(await countDigit('0', n, signal)).toBe(2n);
    const address = new URL(fetched.mock.calls[0]?.[0].url ?? '');
    expect([address.pathname, address.searchParams.get('digit'), address.searchParams.get('n')]).toEqual([
      '/api/counter',
      '0',
      n,
    ]);
  });

  it('is refused in the gallery’s words', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ detail: 'Too long.' }, { status: 422 })));
    await expect(countDigit('7', '1', signal)).rejects.toMatchObject({ status: 422, message: 'Too long.' });
  });
});
