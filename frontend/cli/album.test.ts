import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, TestGallery, type } from './testing';

let gallery: TestGallery;

beforeEach(async () => {
  gallery = new TestGallery();
  await gallery.open();
  gallery.albums = new Map([['Am See', { images: [] }]]);
  gallery.add(1, 'a.jpg');
  gallery.add(2, 'b.jpg');
});

afterEach(() => {
  gallery.close();
});

const ask = (words: string[], rest = {}, environment = {}) =>
  type(words, { GALLERY_URL: gallery.url, GALLERY_TOKEN: 'se.cr.et', ...environment }, rest);

describe('albums', () => {
  it('are listed, made, filled, shown and emptied', async () => {
    expect((await ask(['album', 'list'])).printed).toContain('Am See');
    const made = await ask(['album', 'create', 'Am Meer', '--description', 'Juli']);
    expect([made.code, JSON.parse(gallery.calls('POST /api/albums')[0]?.body.toString() ?? '')]).toEqual([
      0,
      { title: 'Am Meer', description: 'Juli', visibility: 'private', order: 'taken' },
    ]);
    const added = await ask(['album', 'add', 'Am See', '-', '--json'], { input: `${idOf(1)}\n${idOf(2)}\n` });
    expect(
      added.printed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual([1, 2].map((number) => ({ image_id: idOf(number), status: 'added', detail: null })));
    expect(gallery.albums?.get('Am See')?.images).toEqual([idOf(1), idOf(2)]);
    expect((await ask(['album', 'remove', 'Am See', idOf(1)])).code).toBe(0);
    expect(gallery.albums?.get('Am See')?.images).toEqual([idOf(2)]);
  });

  it('say which pictures they don’t take', async () => {
    const ended = await ask(['album', 'add', 'Am See', idOf(1), idOf(7)]);
    expect(ended.code).toBe(1);
    expect(ended.printed).toContain(`${idOf(7)}  failed`);
  });

  it('have to be there, and one’s own', async () => {
    expect(await ask(['album', 'show', 'Elsewhere'])).toMatchObject({ code: 2 });
    expect(await ask(['album', 'list'], {}, { GALLERY_TOKEN: '' })).toMatchObject({ code: 2 });
    expect(await ask(['album', 'paint', 'Am See'])).toMatchObject({ code: 2 });
    expect(await ask(['album', 'add', 'Am See'])).toMatchObject({ code: 2 });
  });
});

describe('links', () => {
  it('are made with what was asked for, and their address is printed alone', async () => {
    const words = ['share', 'make', 'Am See', '--mode', 'view_and_add', '--days', '7', '--password'];
    const ended = await ask(words, { input: 'by the sea\n' });
    const [made] = gallery.calls('POST /api/albums/');
    expect(JSON.parse(made?.body.toString() ?? '')).toEqual({
      mode: 'view_and_add',
      downloads: 'renditions',
      place: false,
      review: true,
      name: null,
      expires_in: 604_800,
      password: 'by the sea',
    });
    expect([ended.code, ended.printed]).toEqual([0, 'https://gallery.example.org/a/T0KEN\n']);
    expect(ended.messages).toContain('shown this once');
  });

  it('are shown as a QR code where a person looks on', async () => {
    const ended = await ask(['share', 'make', 'Am See'], { viewer: true });
    expect(ended.messages).toMatch(/[█▀▄]{10,}/u);
  });

  it('are listed and ended by their ids', async () => {
    expect((await ask(['share', 'list', 'Am See'])).printed).toContain('LINK1  view  opened 3 times');
    expect(await ask(['share', 'end', 'Am See', 'LINK1'])).toMatchObject({ code: 0 });
    expect(gallery.calls('DELETE /api/albums/').map(({ call }) => call.endsWith('/links/LINK1'))).toEqual([
      true,
    ]);
    expect(await ask(['share', 'end', 'Am See'])).toMatchObject({ code: 2 });
    expect(await ask(['share', 'make', 'Am See', '--mode', 'all'])).toMatchObject({ code: 2 });
  });
});
