// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '@/api/client';
import { anImage } from '@/testing/anImage';
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

const images = (...ids: string[]) =>
  ids.map((id, place) => anImage({ id, version: place + 3, taken_at: '2024-07-14T23:30:00' }));

describe('changing many pictures', () => {
  it('sends what there was no time for again, and says what could not be changed', async () => {
    const late = { id: 'c', status: 503, detail: 'There was no time left.' };
    const asked = answers(
      [{ id: 'a', status: 200, detail: null }, { id: 'b', status: 403, detail: 'It is not yours.' }, late],
      [{ id: 'c', status: 200, detail: null }],
    );
    const reasons = await changeMany(images('a', 'b', 'c'), { action: 'visibility', visibility: 'private' });
    expect([...reasons]).toEqual([['b', 'It is not yours.']]);
    expect(asked).toEqual([['a', 'b', 'c'], ['c']]);
  });

  it('goes on as long as something is done each time', async () => {
    const late = (id: string) => ({ id, status: 503, detail: 'There was no time left.' });
    const done = (id: string) => ({ id, status: 200, detail: null });
    const names = ['a', 'b', 'c', 'd', 'e'];
    const asked = answers(...names.map((id, place) => [done(id), ...names.slice(place + 1).map(late)]));
    expect([...(await changeMany(images(...names), { action: 'trash' }))]).toEqual([]);
    expect(asked).toHaveLength(5);
  });

  it('gives up after three tries', async () => {
    const late = { id: 'a', status: 503, detail: 'There was no time left.' };
    const asked = answers([late], [late], [late], [late]);
    expect([...(await changeMany(images('a'), { action: 'visibility', visibility: 'public' }))]).toEqual([
      ['a', 'There was no time left.'],
    ]);
    expect(asked).toHaveLength(3);
  });

  it('takes pictures that are gone already for deleted', async () => {
    const gone = { id: 'a', status: 404, detail: 'There is no such image.' };
    answers([gone, { id: 'b', status: 403, detail: 'It is not yours.' }], [gone]);
    expect([...(await changeMany(images('a', 'b'), { action: 'delete' }))]).toEqual([
      ['b', 'It is not yours.'],
    ]);
    expect([...(await changeMany(images('a'), { action: 'caption_hidden', caption_hidden: true }))]).toEqual([
      ['a', 'There is no such image.'],
    ]);
  });

  it('moves a date in the version that was seen, and takes one that has the new date for moved', async () => {
    const changed = (id: string) => ({ id, status: 412, detail: 'It has changed.' });
    answers([{ id: 'a', status: 200, detail: null }, changed('b'), changed('c')]);
    const now = [
      anImage({ id: 'b', version: 5, taken_at: '2024-07-15T00:30:00' }),
      anImage({ id: 'c', version: 9, taken_at: '2019-01-01T00:00:00' }),
    ];
    const read = vi
      .spyOn(api, 'GET')
      .mockResolvedValue({ data: { images: now, next_cursor: null }, response: new Response() } as never);
    const reasons = await changeMany(images('a', 'b', 'c'), { action: 'shift_taken', seconds: 3600 });
    expect([...reasons]).toEqual([['c', 'It has changed.']]);
    expect(vi.mocked(api.POST).mock.lastCall?.[1]).toMatchObject({
      body: { action: 'shift_taken', seconds: 3600, ids: ['a', 'b', 'c'], versions: [3, 4, 5] },
    });
    expect(read.mock.lastCall?.[1]).toMatchObject({ params: { query: { ids: 'b,c' } } });
  });
});
