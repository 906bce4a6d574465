// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '@/api/client';
import { changeMany } from './changeMany';

afterEach(() => {
  vi.restoreAllMocks();
});

function answers(...results: { id: string; status: number; detail: string | null }[][]): string[][] {
  const asked: string[][] = [];
  vi.spyOn(api, 'POST').mockImplementation(((_: string, { body }: { body: { ids: string[] } }) => {
    asked.push(body.ids);
    return Promise.resolve({ data: { results: results.shift() ?? [] }, response: new Response() });
  }) as never);
  return asked;
}

describe('changing many pictures', () => {
  it('sends what there was no time for again, and says what could not be changed', async () => {
    const late = { id: 'c', status: 503, detail: 'There was no time left.' };
    const asked = answers(
      [{ id: 'a', status: 200, detail: null }, { id: 'b', status: 403, detail: 'It is not yours.' }, late],
      [{ id: 'c', status: 200, detail: null }],
    );
    const reasons = await changeMany(['a', 'b', 'c'], { action: 'visibility', visibility: 'private' });
    expect([...reasons]).toEqual([['b', 'It is not yours.']]);
    expect(asked).toEqual([['a', 'b', 'c'], ['c']]);
  });

  it('gives up after three tries', async () => {
    const late = { id: 'a', status: 503, detail: 'There was no time left.' };
    const asked = answers([late], [late], [late], [late]);
    expect([...(await changeMany(['a'], { action: 'visibility', visibility: 'public' }))]).toEqual([
      ['a', 'There was no time left.'],
    ]);
    expect(asked).toHaveLength(3);
  });

  it('takes pictures that are gone already for deleted', async () => {
    const gone = { id: 'a', status: 404, detail: 'There is no such image.' };
    answers([gone, { id: 'b', status: 403, detail: 'It is not yours.' }], [gone]);
    expect([...(await changeMany(['a', 'b'], { action: 'delete' }))]).toEqual([['b', 'It is not yours.']]);
    expect([...(await changeMany(['a'], { action: 'caption_hidden', caption_hidden: true }))]).toEqual([
      ['a', 'There is no such image.'],
    ]);
  });
});
