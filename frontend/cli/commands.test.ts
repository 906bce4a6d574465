import { createServer } from 'node:http';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modifiedAt } from '@/shared/uploads/modifiedAt';
import { folder, idOf, png, TestGallery, type, type Ended } from './testing';

let gallery: TestGallery;

beforeEach(async () => {
  gallery = new TestGallery();
  await gallery.open();
});

afterEach(() => {
  gallery.close();
});

const ask = (words: string[], environment = {}, rest = {}) =>
  type(words, { GALLERY_URL: gallery.url, ...environment }, rest);

function linesOf({ printed }: Ended): Record<string, unknown>[] {
  const lines = printed.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The files that tickets were asked for. */
const askedFor = (of: TestGallery): unknown[] =>
  of
    .calls('POST /api/uploads')
    .flatMap(({ body }) => (JSON.parse(body.toString()) as { files: unknown[] }).files);

const fatesOf = (ended: Ended): Record<string, unknown> =>
  Object.fromEntries(linesOf(ended).map(({ file, status }) => [String(file), status]));

describe('uploading a folder', () => {
  it('sends its pictures, reports what can’t be one, and passes over the rest', async () => {
    const root = folder();
    mkdirSync(join(root, 'deep', '.hidden'), { recursive: true });
    writeFileSync(join(root, 'a.png'), png(1));
    writeFileSync(join(root, 'deep', 'nameless'), png(2));
    writeFileSync(join(root, 'deep', 'twin.png'), png(1));
    writeFileSync(join(root, 'deep', '.hidden', 'b.png'), png(3));
    writeFileSync(join(root, 'notes.txt'), 'no picture');
    writeFileSync(join(root, 'notes.jpg'), 'no picture');
    writeFileSync(join(root, 'empty.png'), '');
    writeFileSync(join(root, 'large.png'), Buffer.concat([png(4), Buffer.alloc(1000)]));
    writeFileSync(join(root, 'moving.gif'), 'GIF89a');
    symlinkSync('/etc/passwd', join(root, 'link.png'));
    const ended = await ask(['upload', root, '--json']);
    expect(fatesOf(ended)).toEqual({
      'a.png': 'uploaded',
      [join('deep', 'nameless')]: 'uploaded',
      [join('deep', 'twin.png')]: 'duplicate',
      'notes.jpg': 'rejected',
      'empty.png': 'rejected',
      'large.png': 'rejected',
      'moving.gif': 'uploaded',
    });
    expect(ended.code).toBe(1);
    expect(ended.messages).toBe('3 uploaded, 1 already there, 3 rejected.\n');
    expect([...gallery.pictures.values()].map(({ content }) => content)).toEqual(
      expect.arrayContaining([png(1), png(2)]),
    );
  });

  it('waits for the captions if told to', async () => {
    const root = folder();
    writeFileSync(join(root, 'a.png'), png(1));
    const ended = await ask(['upload', root, '--json', '--wait']);
    expect(linesOf(ended)).toEqual([
      {
        file: 'a.png',
        status: 'captioned',
        image_id: idOf(9000),
        caption: 'Picture 9000',
        code: null,
        detail: null,
      },
    ]);
    expect(ended.code).toBe(0);
  });

  it('sends nothing that the gallery has, nor what it was sent lately and has not looked at', async () => {
    const root = folder();
    const state = { XDG_STATE_HOME: folder() };
    writeFileSync(join(root, 'a.png'), png(1));
    writeFileSync(join(root, 'b.png'), png(2));
    gallery.add(1, 'a.png');
    await ask(['upload', root], state);
    const stored = gallery.pictures.get(idOf(9000));
    if (stored) stored.image = { ...stored.image, sha256: null, status: 'pending' };
    const again = await ask(['upload', root, '--json'], state);
    expect(fatesOf(again)).toEqual({ 'a.png': 'duplicate', 'b.png': 'duplicate' });
    expect(again.code).toBe(0);
    expect(gallery.calls('storage POST')).toHaveLength(1);
  });

  it('shows the token to the gallery alone, and to nobody who reads along', async () => {
    const root = folder();
    writeFileSync(join(root, 'a.png'), png(1));
    const ended = await ask(['upload', root], { GALLERY_TOKEN: 'se.cr.et' });
    expect(gallery.calls('POST /api/uploads')[0]?.authorization).toBe('Bearer se.cr.et');
    expect(gallery.calls('storage')[0]?.authorization).toBeUndefined();
    expect(ended.printed + ended.messages).not.toContain('se.cr.et');
  });

  it('tries again what may pass', async () => {
    const root = folder();
    writeFileSync(join(root, 'a.png'), png(1));
    gallery.failures.push(503, 429);
    expect((await ask(['upload', root])).code).toBe(0);
  });

  it('sends what is beyond the hour’s limit once the next begins', async () => {
    const root = folder();
    for (const number of [1, 2, 3, 4]) writeFileSync(join(root, `${number}.png`), png(number));
    gallery.add(2, '2.png');
    gallery.room = 1;
    const ended = await ask(['upload', root, '--json']);
    expect(fatesOf(ended)).toEqual({
      '1.png': 'uploaded',
      '2.png': 'duplicate',
      '3.png': 'uploaded',
      '4.png': 'uploaded',
    });
    expect(ended.code).toBe(0);
    expect(ended.messages).toMatch(/The hour’s limit is reached; going on at /);
  });

  it.each([
    [[], { GALLERY_TOKEN: 'se.cr.et' }, 'private'],
    [['--private'], { GALLERY_TOKEN: 'se.cr.et' }, 'private'],
    [['--public'], { GALLERY_TOKEN: 'se.cr.et' }, 'public'],
    [[], {}, 'public'],
  ])('says who shall see them: %j with %j is %s', async (words, environment, visibility) => {
    const root = folder();
    writeFileSync(join(root, 'a.png'), png(1));
    await ask(['upload', root, ...words], environment);
    expect(askedFor(gallery)).toMatchObject([{ name: 'a.png', visibility }]);
  });

  it('says when its files were modified, by the clock here', async () => {
    const root = folder();
    writeFileSync(join(root, 'a.png'), png(1));
    const modified = new Date('2024-07-14T14:20:05.678Z');
    utimesSync(join(root, 'a.png'), modified, modified);
    await ask(['upload', root]);
    expect(askedFor(gallery)).toMatchObject([{ modified_at: modifiedAt(modified.getTime()) }]);
  });

  it.skipIf(process.platform !== 'linux')(
    'sends files whose names are not UTF-8 under readable ones',
    async () => {
      const root = folder();
      mkdirSync(Buffer.from(join(root, 'Gr\u00fcn'), 'latin1'));
      writeFileSync(Buffer.from(join(root, 'Gr\u00fcn', 'caf\u00e9.png'), 'latin1'), png(1));
      writeFileSync(join(root, 'süß.png'), png(2));
      const ended = await ask(['upload', root, '--json']);
      expect(fatesOf(ended)).toEqual({ [join('Grün', 'café.png')]: 'uploaded', 'süß.png': 'uploaded' });
      expect(askedFor(gallery)).toMatchObject([{ name: 'café.png' }, { name: 'süß.png' }]);
      expect([...gallery.pictures.values()].map(({ content }) => content)).toEqual([png(1), png(2)]);
    },
  );

  it('ends at once where the token counts for nothing', async () => {
    const root = folder();
    for (const number of Array(20).keys()) writeFileSync(join(root, `${number}.png`), png(number));
    gallery.failures.push(...Array<number>(99).fill(401));
    const ended = await ask(['upload', root]);
    expect([ended.code, ended.messages]).toEqual([3, 'gallery: Trouble 401.\n']);
    expect(gallery.received).toHaveLength(1);
  });

  it('says what was sent, though it is stopped before the caption comes', async () => {
    const root = folder();
    writeFileSync(join(root, 'a.png'), png(1));
    gallery.arrivesAs = 'pending';
    const stopping = new AbortController();
    gallery.onCall = (call) => {
      if (call === 'GET /api/images') stopping.abort(new DOMException('Stopped', 'AbortError'));
    };
    const ended = await ask(['upload', root, '--wait', '--json'], {}, { stop: stopping.signal });
    expect([ended.code, fatesOf(ended)]).toEqual([130, { 'a.png': 'uploaded' }]);
    expect(ended.messages).toMatch(/^1 uploaded\.\n/);
  });

  it('stops when told to, and says what was done', async () => {
    const root = folder();
    writeFileSync(join(root, 'a.png'), png(1));
    const stop = AbortSignal.abort(new DOMException('Stopped', 'AbortError'));
    expect((await ask(['upload', root], {}, { stop })).code).toBe(130);
    expect(gallery.pictures.size).toBe(0);
  });
});

describe('searching', () => {
  beforeEach(() => {
    for (const number of [1, 2, 3]) gallery.add(number, `${number}.png`);
  });

  it('says once what the words may have meant besides, and where what fits less begins', async () => {
    gallery.matches = [
      [1, 0.9, 'Zürich'],
      [2, 0.09, 'lake'],
      [3, 0.05, 'shore'],
    ];
    gallery.corrected = 'rich';
    const ended = await ask(['search', 'Zürich']);
    expect(ended.printed.trim().split('\n')).toEqual([
      `${idOf(1)}  0.90  Picture 1  (Zürich)`,
      `${idOf(2)}  0.09  Picture 2  (lake)`,
      `${idOf(3)}  0.05  Picture 3  (shore)`,
    ]);
    expect(ended.messages).toBe('Also: rich\nWhat follows fits less:\n');
    expect(ended.code).toBe(0);
  });

  it('says neither where everything fits as it was typed', async () => {
    gallery.matches = [[1, 0.9, 'lake']];
    const ended = await ask(['search', 'lake']);
    expect([ended.printed, ended.messages]).toEqual([`${idOf(1)}  0.90  Picture 1  (lake)\n`, '']);
  });

  it('gives programs the same, one JSON document a line', async () => {
    gallery.matches = [
      [2, 0.5, 'lake'],
      [1, 0.01, 'lake'],
    ];
    const ended = await ask(['search', 'lake', '--json', '--limit', '2']);
    expect(linesOf(ended).map(({ score }) => score)).toEqual([0.5, 0.01]);
  });

  it('shows nothing of what finds nothing', async () => {
    const ended = await ask(['search', 'xyzzyq']);
    expect([ended.code, ended.printed, ended.messages]).toEqual([0, '', '']);
  });
});

describe('listing', () => {
  it('goes through as many pages as asked for', async () => {
    for (const number of Array(250).keys()) gallery.add(number, `${number}.png`);
    const ended = await ask(['list', '--limit', '230', '--json']);
    expect(linesOf(ended).map(({ id }) => id)).toEqual([...gallery.pictures.keys()].slice(0, 230));
    expect(ended.messages).toMatch(/the first 230; --limit/);
    expect(gallery.calls('GET /api/images')).toHaveLength(3);
  });

  it('says nothing of an empty gallery', async () => {
    expect(await ask(['list'])).toEqual({ code: 0, printed: '', messages: '' });
  });
});

describe('deleting', () => {
  it('deletes each once, and takes what is gone for done', async () => {
    const ids = [gallery.add(1, 'a.png'), gallery.add(2, 'b.png'), idOf(3)];
    const ended = await ask(['delete', '-', '--yes', '--json'], {}, { input: [...ids, ids[0]].join('\n') });
    expect(new Set(linesOf(ended).map(({ status }) => status))).toEqual(new Set(['deleted', 'absent']));
    expect(linesOf(ended)).toHaveLength(3);
    expect([ended.code, gallery.pictures.size]).toEqual([0, 0]);
  });

  it('asks first, and does nothing where nobody can answer', async () => {
    const ended = await ask(['delete', gallery.add(1, 'a.png')]);
    expect([ended.code, gallery.pictures.size]).toEqual([2, 1]);
  });

  it('tells what is not allowed from what failed', async () => {
    const ids = [gallery.add(1, 'a.png'), gallery.add(2, 'b.png')];
    gallery.failures.push(403, 403);
    expect((await ask(['delete', ...ids, '--yes'])).code).toBe(3);
    gallery.failures.push(403);
    expect((await ask(['delete', ...ids, '--yes'])).code).toBe(1);
  });
});

describe('downloading', () => {
  const content = (root: string, name: string) => readFileSync(join(root, name));

  it('saves every picture under a name of its own, once', async () => {
    const root = join(folder(), 'new', 'folder');
    gallery.add(1, 'cat.png');
    gallery.add(2, '../cat.png');
    gallery.add(3, 'cat.png');
    const first = await ask(['download', '--all', '--to', root, '--jobs', '1']);
    expect([first.code, first.messages]).toEqual([0, '3 downloaded, 0 already there, 0 failed.\n']);
    const names = ['.._cat.png', 'cat.png', `cat-${idOf(3)}.png`].map((name) => name.replace(/^\.+/, ''));
    expect(new Set(readdirSync(root))).toEqual(new Set(names));
    expect(content(root, `cat-${idOf(3)}.png`)).toEqual(png(3));
    const second = await ask(['download', '--all', '--to', root]);
    expect(second.messages).toBe('0 downloaded, 3 already there, 0 failed.\n');
  });

  it('overwrites nothing, and follows no link out of the folder', async () => {
    const [root, elsewhere] = [folder(), folder()];
    writeFileSync(join(root, 'cat.png'), 'my own');
    symlinkSync(join(elsewhere, 'dog.png'), join(root, 'dog.png'));
    gallery.add(1, 'cat.png');
    gallery.add(2, 'dog.png');
    expect((await ask(['download', '--all', '--to', root])).code).toBe(0);
    expect(content(root, 'cat.png').toString()).toBe('my own');
    expect(content(root, `cat-${idOf(1)}.png`)).toEqual(png(1));
    expect(content(root, `dog-${idOf(2)}.png`)).toEqual(png(2));
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('names what isn’t the original for what it is, and knows it again', async () => {
    const root = folder();
    gallery.add(1, 'cat.heic');
    gallery.distort = () => Buffer.from('a rendition');
    gallery.renditionName = 'cat.webp';
    await ask(['download', idOf(1), '--to', root]);
    expect(readdirSync(root)).toEqual([`cat-${idOf(1)}.webp`]);
    expect((await ask(['download', idOf(1), '--to', root])).messages).toMatch(/1 already there/);
  });

  it('leaves out what failed, and says why', async () => {
    const root = folder();
    gallery.add(1, 'cat.png');
    gallery.add(2, 'half.png', png(2), 'failed');
    const ended = await ask(['download', idOf(1), idOf(2), '--to', root]);
    expect(readdirSync(root)).toEqual(['cat.png']);
    expect([ended.code, ended.printed]).toEqual([1, expect.stringContaining('no whole picture')]);
    expect(ended.messages).toBe('1 downloaded, 0 already there, 1 failed.\n');
  });

  it('keeps nothing that arrived damaged, and no partial file', async () => {
    const root = folder();
    gallery.add(1, 'cat.png');
    gallery.distort = (content) => Buffer.alloc(content.length);
    const ended = await ask(['download', idOf(1), idOf(2), '--to', root, '--json']);
    expect(ended.code).toBe(1);
    expect(new Map(linesOf(ended).map(({ image_id, detail }) => [image_id, detail]))).toEqual(
      new Map([
        [idOf(1), 'The picture arrived damaged.'],
        [idOf(2), 'There is no such picture.'],
      ]),
    );
    expect(readdirSync(root)).toEqual([]);
  });

  it('clears away what a killed run left, and nothing of a living one', async () => {
    const root = folder();
    const living = `${idOf(1)}.${process.ppid}.part`;
    for (const name of [`${idOf(1)}.999999999.part`, living, 'mine.part'])
      writeFileSync(join(root, name), 'x');
    await ask(['download', '--all', '--to', root]);
    expect(new Set(readdirSync(root))).toEqual(new Set([living, 'mine.part']));
  });
});

describe('a command that can’t be understood', () => {
  it.each([
    [['dance']],
    [['list', 'surplus']],
    [['list', '--limit', '0']],
    [['list', '--label', 'a', '--owner', 'b']],
    [['list', '--status', 'lost']],
    [['list', '--label', '']],
    [['list', '--wait']],
    [['search']],
    [['search', 'cat', '--min-score', '2']],
    [['delete']],
    [['delete', '../x', '--yes']],
    [['download', '--all', idOf(1)]],
    [['upload']],
    [['upload', '/no/such/folder']],
    [['upload', '.', '--private', '--public']],
    [['upload', '.', '--jobs', '17']],
    [['list', '--url', 'ftp://example.org']],
    [['list', '--url', 'https://me:secret@example.org']],
  ])('is wrong usage: %j', async (words) => {
    const { code, printed, messages } = await ask(words);
    expect([code, printed]).toEqual([2, '']);
    expect(messages).toMatch(/^gallery: .+[.?]\n/);
  });

  it('sends no token over an open line', async () => {
    const environment = { GALLERY_URL: 'http://example.org', GALLERY_TOKEN: 'se.cr.et' };
    expect((await type(['list'], environment)).code).toBe(2);
  });

  it('tells what can be typed', async () => {
    expect((await type(['--help'])).printed).toMatch(/^Usage: gallery COMMAND/);
    expect((await type(['list', '--version'])).printed).toBe('1.2.3\n');
  });
});

describe('where no gallery is', () => {
  it('says so when something else answers', async () => {
    const other = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>It works!</h1>');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const ended = await type(['list', '--url', url]);
    other.close();
    expect([ended.code, ended.messages]).toEqual([4, `gallery: There is no gallery at ${url}.\n`]);
  });

  it('says so when nothing does', async () => {
    gallery.close();
    expect((await ask(['list'])).code).toBe(4);
  });
});
