import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { anImage } from '@/testing/anImage';
import { findInLists, forgetImage, imageKey, imagesOf, listKey, rememberImages } from './cache';
import { everything, type View } from './view';

const annas: View = { kind: 'owner', owner: 'anna' };

describe('the cache of pictures', () => {
  let client: QueryClient;
  const shown = (view = everything) =>
    imagesOf(client.getQueryData(listKey(view))).map(({ id, status }) => `${id} ${status}`);

  beforeEach(() => {
    client = new QueryClient();
    client.setQueryData(listKey(everything), {
      pages: [
        { images: [anImage({ id: '5' }), anImage({ id: '4', status: 'pending' })], next_cursor: '4' },
        { images: [anImage({ id: '2' })], next_cursor: null },
      ],
      pageParams: [null, '4'],
    });
  });

  it.each([{ archived: true }, { trashed_at: '2026-11-30T07:00:00Z' }])(
    'keeps out of the lists by age what is %o, and takes it out of there',
    (news) => {
      rememberImages(client, [anImage({ id: '3', ...news }), anImage({ id: '2', ...news })]);
      expect(shown()).toEqual(['5 captioned', '4 pending']);
    },
  );

  it('shows a caption where its picture stands already', () => {
    rememberImages(client, [anImage({ id: '4' })]);
    expect(shown()).toEqual(['5 captioned', '4 captioned', '2 captioned']);
    expect(client.getQueryData(imageKey('4'))).toMatchObject({ status: 'captioned' });
  });

  it('gives a newcomer its place by age', () => {
    rememberImages(client, [anImage({ id: '6' })]);
    rememberImages(client, [anImage({ id: '8' }), anImage({ id: '7' })]);
    expect(shown().slice(0, 4)).toEqual(['8 captioned', '7 captioned', '6 captioned', '5 captioned']);
  });

  it('shows a picture once, though two pages hold it', () => {
    const pages = [{ images: [anImage({ id: '3' })], next_cursor: '3' }];
    expect(imagesOf({ pages: [...pages, ...pages], pageParams: [null, '3'] })).toHaveLength(1);
  });

  it('takes a deleted picture out of everything', () => {
    rememberImages(client, [anImage({ id: '4' })]);
    forgetImage(client, '4');
    expect(shown()).toEqual(['5 captioned', '2 captioned']);
    expect(client.getQueryData(imageKey('4'))).toBeUndefined();
    expect(findInLists(client, '4')).toBeUndefined();
  });

  it('shows a private picture in its owner’s list alone', () => {
    client.setQueryData(listKey(annas), { pages: [{ images: [], next_cursor: null }], pageParams: [null] });
    rememberImages(client, [anImage({ id: '6', owner: 'anna', visibility: 'private' })]);
    expect([shown()[0], shown(annas)]).toEqual(['5 captioned', ['6 captioned']]);
    rememberImages(client, [anImage({ id: '6', owner: 'anna' })]);
    expect([shown()[0], shown(annas)]).toEqual(['6 captioned', ['6 captioned']]);
    rememberImages(client, [anImage({ id: '6', owner: 'anna', visibility: 'private' })]);
    expect([shown()[0], shown(annas)]).toEqual(['5 captioned', ['6 captioned']]);
  });

  it('leaves what was found by words as it was found, but for what is new of each picture', () => {
    const dogs: View = { kind: 'search', query: 'dog', min: 0 };
    const images = [anImage({ id: '2', caption: 'A dog' }), anImage({ id: '5' })];
    client.setQueryData(listKey(dogs), { pages: [{ images, next_cursor: null }], pageParams: [null] });
    rememberImages(client, [anImage({ id: '6' }), anImage({ id: '5', status: 'failed' })]);
    expect(shown(dogs)).toEqual(['2 captioned', '5 failed']);
    forgetImage(client, '2');
    expect(shown(dogs)).toEqual(['5 failed']);
  });

  it('has no list to change before one was loaded', () => {
    client.clear();
    rememberImages(client, [anImage()]);
    expect(shown()).toEqual([]);
  });
});
