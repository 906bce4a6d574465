import { describe, expect, it } from 'vitest';
import type { Arriving } from '@/shared/pictures/arriving';
import { anImage } from '@/testing/anImage';
import type { View } from '@/shared/pictures/view';
import { awaitedIds, entriesIn, entriesOf, ratioOf } from './entries';

const arriving = (news: Partial<Arriving>): Arriving => ({
  key: 'upload',
  imageId: null,
  name: 'dog.jpg',
  preview: 'blob:dog',
  ratio: 1.5,
  owner: null,
  visibility: 'public',
  stage: 'queued',
  ...news,
});
const keys = (...args: Parameters<typeof entriesOf>) => entriesOf(...args).map(({ key }) => key);

describe('the tiles of the gallery', () => {
  it('start with what has just been chosen, the last one first as the list will have it', () => {
    const chosen = [arriving({ key: 'first' }), arriving({ key: 'second' })];
    expect(keys([anImage({ id: '1' })], chosen, new Set())).toEqual(['second', 'first', '1']);
  });

  it('keep key and place from the ticket to the caption', () => {
    const sent = arriving({ key: 'mine', imageId: '2', stage: 'sent' });
    const others = [anImage({ id: '3' }), anImage({ id: '1' })];
    expect(keys(others, [sent], new Set())).toEqual(['3', 'mine', '1']);
    const done = { ...sent, stage: 'done' as const };
    expect(
      keys([anImage({ id: '3' }), anImage({ id: '2' }), anImage({ id: '1' })], [done], new Set()),
    ).toEqual(['3', 'mine', '1']);
  });

  it('are gone with a deleted picture, even while its upload is remembered', () => {
    const sent = arriving({ imageId: '2', stage: 'sent' });
    expect(keys([], [sent], new Set(['2']))).toEqual([]);
    expect(keys([], [{ ...sent, stage: 'done' }], new Set())).toEqual([]);
  });

  it('tell whose captions are awaited: what is sent or pending, not what is on its way or done', () => {
    const images = [
      anImage({ id: '9', status: 'pending' }),
      anImage({ id: '8' }),
      anImage({ id: '7', status: 'failed' }),
    ];
    const uploads = [
      arriving({ key: 'a', imageId: '6', stage: 'sending' }),
      arriving({ key: 'b', imageId: '5', stage: 'sent' }),
    ];
    expect(awaitedIds(entriesOf(images, uploads, new Set()))).toEqual(['9', '5']);
  });

  it('are in the order of finding where pictures were searched for, without any on their way', () => {
    const images = [anImage({ id: '1' }), anImage({ id: '3' }), anImage({ id: '2' })];
    const all = entriesOf(images, [arriving({ key: 'mine', imageId: '4' })], new Set());
    const keysIn = (view: View) => entriesIn(view, images, all).map(({ key }) => key);
    expect(keysIn({ kind: 'search', query: 'dog', min: 0 })).toEqual(['1', '3', '2']);
    expect(keysIn({ kind: 'label', label: 'dog' })).toEqual(['3', '2', '1']);
    expect(keysIn({ kind: 'all' })).toEqual(['mine', '3', '2', '1']);
  });

  it('have the shape of their picture, within what a row can hold', () => {
    const shape = (width: number, height: number) =>
      ratioOf({ key: '', image: anImage({ width, height }), arriving: null });
    expect([shape(400, 300), shape(9000, 100), shape(100, 9000)]).toEqual([4 / 3, 3, 1 / 2]);
    expect(ratioOf({ key: '', image: null, arriving: arriving({ ratio: null }) })).toBe(4 / 3);
  });
});
