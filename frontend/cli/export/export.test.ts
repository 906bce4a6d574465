import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Image } from '@/api/types';
import { anImage } from '@/testing/anImage';
import { jpeg } from '../import/testing';
import { folder, hash, idOf, TestGallery, type } from '../testing';
import { xmpOf } from './xmp';

const galleries: TestGallery[] = [];
let gallery: TestGallery;

async function aGallery(): Promise<TestGallery> {
  const opened = new TestGallery();
  galleries.push(opened);
  await opened.open();
  return opened;
}

beforeEach(async () => {
  gallery = await aGallery();
});

afterEach(() => {
  for (const opened of galleries.splice(0)) opened.close();
});

const ask = (of: TestGallery, words: string[], environment = {}) =>
  type(words, { GALLERY_URL: of.url, GALLERY_TOKEN: 'se.cr.et', ...environment });

/** Puts a picture with all that can be known of it into a gallery. */
function put(number: number, news: Partial<Image>, content = jpeg(number)): Image {
  const id = gallery.add(number, news.filename ?? `${number}.jpg`, content);
  const image = anImage({
    id,
    filename: `${number}.jpg`,
    size: content.length,
    sha256: hash(content),
    ...news,
  });
  gallery.pictures.set(id, { image, content });
  return image;
}

const owners = (...words: string[]): Image['labels'] =>
  words.map((label) => ({ label, probability: 1, source: 'owner' }));

const FULL: Partial<Image> = {
  filename: 'Über <den> See.jpg',
  title: 'Anna & "Ben" <3',
  description: 'First line\nsecond line',
  attribution: '© Ada',
  labels: [...owners('Otto', 'sea'), { label: 'lakeside', probability: 0.9, source: 'model' }],
  taken_at: '2024-07-14T16:20:05',
  taken_offset: '+02:00',
  taken_from: 'owner',
  location: { latitude: -33.9249, longitude: 18.4241, altitude_m: 12.5 },
  favourite: true,
  visibility: 'private',
  caption_hidden: true,
};

describe('an export', () => {
  it('has each original under its own name, with what is known of it', async () => {
    put(1, FULL);
    put(2, { taken_at: '2023-01-02T03:04:05' });
    put(3, { archived: true });
    put(4, { trashed_at: '2026-11-20T00:00:00Z' });
    const to = folder();
    const ended = await ask(gallery, ['export', '--to', to]);
    expect([ended.code, ended.messages]).toEqual([
      0,
      '4 pictures, 1,000 bytes.\n4 exported, 0 already there, 0 failed.\n',
    ]);
    const name = join(to, 'pictures', '2024', '07', 'Über _den_ See.jpg');
    expect(readFileSync(name)).toEqual(jpeg(1));
    expect(JSON.parse(readFileSync(`${name}.json`, 'utf8'))).toMatchObject({
      neural_gallery: 1,
      image: FULL,
      albums: [],
    });
    expect(existsSync(join(to, 'pictures', '2023', '01', '2.jpg.xmp'))).toBe(true);
    expect(readFileSync(join(to, 'README.txt'), 'utf8')).toContain('What does not come back');
  });

  it('has them under their own names where they have titles, by which a gallery names what is downloaded', async () => {
    put(1, { filename: 'IMG_1.JPEG', title: 'Am See', taken_at: '2024-07-14T16:20:05' });
    gallery.downloadName = 'Am See.jpg';
    const to = folder();
    await ask(gallery, ['export', '--to', to]);
    expect(existsSync(join(to, 'pictures', '2024', '07', 'IMG_1.jpg'))).toBe(true);
  });

  it('goes on from where it was, and says anew what is known', async () => {
    put(1, FULL);
    put(2, {});
    const to = folder();
    await ask(gallery, ['export', '--to', to]);
    const name = join(to, 'pictures', '2024', '07', 'Über _den_ See.jpg');
    rmSync(`${name}.json`);
    put(1, { ...FULL, title: 'Another' });
    const ended = await ask(gallery, ['export', '--to', to]);
    expect(ended.messages).toContain('0 exported, 2 already there, 0 failed.');
    expect(readFileSync(`${name}.json`, 'utf8')).toContain('"Another"');
    expect(gallery.calls('storage GET')).toHaveLength(2);
  });

  it('is of somebody, and goes somewhere', async () => {
    expect((await ask(gallery, ['export'])).code).toBe(2);
    expect((await type(['export', '--to', folder()], { GALLERY_URL: gallery.url })).code).toBe(2);
  });
});

it('comes back with its albums, their order and cover, also where two have one title', async () => {
  const look = { title: 'Am See', description: 'Juli', visibility: 'public' };
  const root = folder();
  mkdirSync(join(root, 'albums'));
  const write = (name: string, content: object) => {
    writeFileSync(join(root, name), JSON.stringify({ neural_gallery: 1, ...content }));
  };
  for (const number of [1, 2, 3]) {
    writeFileSync(join(root, `${number}.jpg`), jpeg(number));
    const image = anImage({ id: idOf(number), filename: `${number}.jpg` });
    write(`${number}.jpg.json`, { image, albums: ['Am See'] });
  }
  const [a, b, c] = [idOf(1), idOf(2), idOf(3)];
  write('albums/A.json', { album: { id: 'A', ...look, order: 'manual', cover: b, pictures: [c, a, b] } });
  write('albums/B.json', { album: { id: 'B', ...look, order: 'taken', cover: null, pictures: [a] } });
  gallery.albums = new Map();
  expect((await ask(gallery, ['import', root, '--yes'])).code).toBe(0);
  const made = gallery
    .calls('POST /api/albums')
    .map(({ call, body }) => [call, JSON.parse(body.toString()) as object] as const);
  const idIn = (number: number) =>
    [...gallery.pictures.values()].find(({ image }) => image.filename === `${number}.jpg`)?.image.id;
  expect(made.filter(([call]) => call === 'POST /api/albums').map(([, body]) => body)).toEqual([
    { title: 'Am See', description: 'Juli', visibility: 'public', order: 'manual' },
    { title: 'Am See', description: 'Juli', visibility: 'public', order: 'taken' },
  ]);
  expect(made.find(([call]) => call.endsWith('/order'))?.[1]).toEqual({
    ids: [idIn(3), idIn(1), idIn(2)],
    after: null,
  });
  const [covered] = gallery.calls('PATCH /api/albums/');
  expect(JSON.parse(covered?.body.toString() ?? '')).toEqual({ cover: idIn(2) });
});

it('comes back as it was, when it is imported', async () => {
  gallery.albums = new Map([['Am See', { images: [idOf(1), idOf(3)] }]]);
  put(1, FULL);
  put(2, { taken_from: 'exif' }, jpeg(2, '2020:07:14 14:00:05'));
  put(3, { archived: true, visibility: 'public' });
  put(4, { trashed_at: '2026-11-20T00:00:00Z' });
  const to = folder();
  await ask(gallery, ['export', '--to', to]);
  const other = await aGallery();
  other.albums = new Map();
  expect((await ask(other, ['import', to, '--yes'])).code).toBe(0);
  expect(new Set([...other.pictures.values()].map(({ content }) => hash(content)))).toEqual(
    new Set([hash(jpeg(1)), hash(jpeg(2, '2020:07:14 14:00:05')), hash(jpeg(3))]),
  );
  const tickets = other
    .calls('POST /api/uploads')
    .flatMap(({ body }) => (JSON.parse(body.toString()) as { files: Record<string, unknown>[] }).files);
  const ticket = (name: string) => tickets.find((file) => file.name === name);
  expect(ticket('Über <den> See.jpg')).toMatchObject({
    title: FULL.title,
    description: FULL.description,
    attribution: FULL.attribution,
    labels: ['Otto', 'sea'],
    taken_at: FULL.taken_at,
    taken_offset: FULL.taken_offset,
    location: FULL.location,
    favourite: true,
    visibility: 'private',
    caption_hidden: true,
  });
  expect(ticket('2.jpg')).toMatchObject({ visibility: 'public' });
  for (const name of ['taken_at', 'favourite', 'archived', 'labels'])
    expect(ticket('2.jpg')).not.toHaveProperty(name);
  expect(ticket('3.jpg')).toMatchObject({ archived: true, visibility: 'public' });
  expect(other.albums.get('Am See')?.images).toHaveLength(2);
});

describe('a sidecar', () => {
  it.each(['full', 'plain', 'place'])('is what the gallery itself writes of a picture: %s', (name) => {
    const example = (ending: string) =>
      readFileSync(join(import.meta.dirname, 'examples', name + ending), 'utf8');
    expect(xmpOf(anImage(JSON.parse(example('.json')) as Partial<Image>))).toBe(example('.xmp'));
  });

  it('alone brings back what people said, as another program may have kept it', async () => {
    const root = folder();
    mkdirSync(join(root, 'a'));
    writeFileSync(join(root, 'a', 'b.jpg'), jpeg(1));
    writeFileSync(join(root, 'a', 'b.jpg.xmp'), xmpOf(anImage({ ...FULL, archived: true })));
    await ask(gallery, ['import', root, '--yes']);
    const body = JSON.parse(gallery.calls('POST /api/uploads')[0]?.body.toString() ?? '') as {
      files: object[];
    };
    expect(body.files).toEqual([
      expect.objectContaining({
        name: 'b.jpg',
        title: FULL.title,
        description: FULL.description,
        attribution: FULL.attribution,
        labels: ['Otto', 'sea'],
        taken_at: FULL.taken_at,
        taken_offset: FULL.taken_offset,
        location: {
          latitude: expect.closeTo(-33.9249, 8) as number,
          longitude: expect.closeTo(18.4241, 8) as number,
          altitude_m: 12.5,
        },
        favourite: true,
        archived: true,
        caption_hidden: true,
      }),
    ]);
  });

  it.skipIf(spawnSync('exiftool', ['-ver']).status !== 0)('is read by exiftool', () => {
    const path = join(folder(), 'a.xmp');
    writeFileSync(path, xmpOf(anImage(FULL)));
    const [tags] = JSON.parse(execFileSync('exiftool', ['-j', '-n', path], { encoding: 'utf8' })) as object[];
    expect(tags).toMatchObject({
      Title: FULL.title,
      Description: FULL.description,
      Rights: FULL.attribution,
      Subject: ['Otto', 'sea'],
      TagsList: ['Otto', 'sea'],
      DateTimeOriginal: '2024:07:14 16:20:05+02:00',
      Rating: 5,
      GPSLatitude: expect.closeTo(-33.9249, 8) as number,
      GPSLongitude: expect.closeTo(18.4241, 8) as number,
      GPSAltitude: 12.5,
    });
    expect(tags).not.toHaveProperty('Warning');
  });
});
