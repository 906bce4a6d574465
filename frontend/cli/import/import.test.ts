import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { folder, hash, TestGallery, type, type Ended } from '../testing';
import { bytesOf, document, jpeg, takenOn, zip, type Files } from './testing';

// Waiting takes no time but by the clock.
vi.mock('node:timers/promises', () => ({
  setTimeout: (milliseconds: number) => {
    vi.setSystemTime(Date.now() + milliseconds);
    return Promise.resolve();
  },
}));

let gallery: TestGallery;
let state: NodeJS.ProcessEnv;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  gallery = new TestGallery();
  state = { XDG_STATE_HOME: folder() };
  await gallery.open();
});

afterEach(() => {
  gallery.close();
  vi.useRealTimers();
});

const ask = (words: string[], environment = {}, stop?: AbortSignal) =>
  type(
    ['import', ...words, '--json'],
    { GALLERY_URL: gallery.url, ...state, ...environment },
    stop && { stop },
  );

function linesOf({ printed }: Ended): Record<string, unknown>[] {
  return printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function planIn(ended: Ended): Record<string, unknown> {
  return linesOf(ended)[0]?.plan as Record<string, unknown>;
}

function askedFor(of: TestGallery): Record<string, unknown>[] {
  return of.calls('POST /api/uploads').flatMap(({ body }) => filesIn(body));
}

/** What was told with each ticket, by the picture's name. */
function ticketsOf(of: TestGallery): Record<string, Record<string, unknown>> {
  return Object.fromEntries(askedFor(of).map((file) => [String(file.name), file]));
}

/** What was told with the ticket for some bytes. */
function ticketFor(content: Buffer): Record<string, unknown> | undefined {
  return askedFor(gallery).find(({ sha256 }) => sha256 === hash(content));
}

function filesIn(body: Buffer): Record<string, unknown>[] {
  return (JSON.parse(body.toString()) as { files: Record<string, unknown>[] }).files;
}

function write(root: string, files: Files): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), bytesOf(content));
  }
  return root;
}

const PHOTOS = 'Takeout/Google Fotos';
const YEAR = `${PHOTOS}/Fotos von 2020`;
const NOON_IN_UTC = 1594728005; // 2020-07-14 12:00:05
const PLACE = { geoData: { latitude: 48.137, longitude: 11.575, altitude: 520 } };
const [LAKE, TWIN] = [jpeg(1), jpeg(2, '2020:07:14 14:00:05')];

/** A Takeout in three parts that has each of Google's ways. */
async function takeout(): Promise<string[]> {
  const root = folder();
  const parts = [1, 2, 3].map((number) => join(root, `takeout-20240712T112341Z-00${number}.zip`)) as [
    string,
    string,
    string,
  ];
  await zip(parts[0], {
    'Takeout/archive_browser.html': '<h1>Archive</h1>',
    [`${YEAR}/Metadaten.json`]: { title: 'Fotos von 2020', description: '', access: 'protected' },
    [`${YEAR}/lake.jpg`]: LAKE,
    [`${YEAR}/lake-bearbeitet.jpg`]: jpeg(3),
    [`${YEAR}/IMG_1.jpg`]: jpeg(4),
    [`${YEAR}/IMG_1(1).jpg`]: TWIN,
    [`${YEAR}/IMG_1.MP4`]: 'film',
    [`${YEAR}/party.mp4`]: 'film',
    [`${YEAR}/Screenshot_20220207_102421_com.snapchat.androi.json`]: document(
      'Screenshot_20220207_102421_com.snapchat.android.jpg',
      takenOn(5),
    ),
    [`${YEAR}/gone.jpg`]: jpeg(6),
    [`${YEAR}/gone.jpg.supplemental-metadata.json`]: document('gone.jpg', { trashed: true }),
    [`${YEAR}/secret.jpg`]: jpeg(7),
    [`${YEAR}/secret.jpg.supplemental-metadata.json`]: document('secret.jpg', { inLockedFolder: true }),
    [`${YEAR}/alone.jpg`]: jpeg(8),
  });
  await zip(parts[1], {
    [`${YEAR}/lake.jpg.supplemental-metadata.json`]: document('The lake: at noon.jpg', {
      ...takenOn(NOON_IN_UTC), ...PLACE, description: 'Windy', favorited: true,
    }),
    [`${YEAR}/IMG_1.jpg.supplemental-metadata.json`]: document('IMG_1.jpg', { ...takenOn(NOON_IN_UTC + 7), archived: true }),
    [`${YEAR}/IMG_1.jpg.supplemental-metadata(1).json`]: document('IMG_1.jpg', takenOn(NOON_IN_UTC)),
    [`${YEAR}/Screenshot_20220207_102421_com.snapchat.android.jpg`]: jpeg(9),
    [`${PHOTOS}/Papierkorb/metadata.json`]: { title: 'Papierkorb' },
  }, false); // prettier-ignore
  await zip(parts[2], {
    [`${PHOTOS}/Am See/Metadaten.json`]: { albumData: { title: 'Am See', description: 'Juli' } },
    [`${PHOTOS}/Am See/lake.jpg`]: LAKE,
    [`${PHOTOS}/Am See/IMG_1(1).jpg.json`]: document('IMG_1.jpg', takenOn(NOON_IN_UTC)),
    [`${PHOTOS}/2019-07-14 #2/metadata.json`]: { albumData: { title: '2019-07-14' } },
    [`${PHOTOS}/2019-07-14 #2/DSC_1.JPG`]: jpeg(10),
    [`${PHOTOS}/2019-07-14 #2/DSC_1.json`]: document('DSC_1.JPG', takenOn(NOON_IN_UTC - 366 * 86_400)),
    [`${PHOTOS}/user-generated-memory-titles.json`]: { title: ['Memories'] },
  }); // prettier-ignore
  return parts;
}

describe('a Takeout', () => {
  it('is told in numbers first, and nothing is sent', async () => {
    const ended = await ask([...(await takeout()), '--dry-run', '--zone', 'Europe/Berlin']);
    expect(planIn(ended)).toMatchObject({
      pictures: 8,
      described: 7,
      edited: 1,
      albums: 1,
      left: { copy: 1, live: 1, film: 1, trashed: 1, refused: 0, preview: 0, other: 1 },
      unreadable: 0,
      hours: 0,
      dollars: null,
    });
    expect(ended.code).toBe(0);
    expect(gallery.calls('POST')).toEqual([]);
  });

  it('is told in words, a line for each thing', async () => {
    const words = ['import', ...(await takeout()), '--dry-run'];
    const { printed } = await type(words, { GALLERY_URL: gallery.url, ...state });
    expect(printed.split('\n').slice(0, 5)).toEqual([
      expect.stringMatching(/^8 pictures, .*; something is known of 7 of them\.$/),
      '  1 are edited versions and come beside their originals',
      '  1 albums',
      'Left out:',
      '  1 again in another folder; their albums are joined',
    ]);
    expect(printed).toMatch(/\nTo send: 8 pictures, as long as the line takes\. Those .*\n$/);
  });

  it('comes with what Google knows of each picture, wherever it stands', async () => {
    const ended = await ask([...(await takeout()), '--yes', '--zone', 'Europe/Berlin']);
    expect(ended.code).toBe(0);
    const tickets = ticketsOf(gallery);
    expect(tickets['The lake: at noon.jpg']).toMatchObject({
      description: 'Windy',
      favourite: true,
      location: { latitude: 48.137, longitude: 11.575, altitude_m: 520 },
      taken_at: '2020-07-14T14:00:05',
      taken_offset: '+02:00',
      taken_source: 'sidecar',
    });
    expect(tickets['lake-bearbeitet.jpg']).toMatchObject({
      description: 'Windy',
      taken_at: '2020-07-14T14:00:05',
    });
    expect(tickets['Screenshot_20220207_102421_com.snapchat.android.jpg']).toMatchObject({
      taken_at: '1970-01-01T01:00:05',
    });
    expect(tickets['DSC_1.JPG']).toMatchObject({ taken_at: '2019-07-14T14:00:05' });
    expect(tickets['secret.jpg']).toMatchObject({ archived: true, visibility: 'private' });
    expect(tickets['alone.jpg']).not.toHaveProperty('taken_at');
    expect(gallery.calls('storage POST')).toHaveLength(8);
  });

  it('comes with its albums, filled by the pictures of a year’s folder as well', async () => {
    gallery.albums = new Map([['Other', { images: [] }]]);
    const parts = await takeout();
    const signedIn = { GALLERY_TOKEN: 'se.cr.et' };
    expect((await ask([...parts, '--yes'], signedIn)).code).toBe(0);
    const idFor = (content: Buffer) =>
      [...gallery.pictures.values()].find((stored) => stored.content.equals(content))?.image.id;
    expect(Object.fromEntries(gallery.albums)).toEqual({
      Other: { images: [] },
      'Am See': { description: 'Juli', images: [idFor(LAKE), idFor(TWIN)] },
    });
    await ask([...parts, '--yes'], signedIn);
    expect(gallery.albums.get('Am See')?.images).toHaveLength(2);
  });

  it('makes an album of each folder where that is asked for', async () => {
    gallery.albums = new Map();
    const root = write(folder(), {
      'Rom/a.jpg': jpeg(1),
      'Rom/b/c.jpg': jpeg(2),
      'Photos from 2020/d.jpg': jpeg(3),
    });
    await ask([root, '--yes', '--albums'], { GALLERY_TOKEN: 'se.cr.et' });
    expect([...gallery.albums].map(([title, { images }]) => [title, images.length])).toEqual([
      ['Rom', 1],
      ['b', 1],
    ]);
  });

  it('leaves the date to the file that says the same by the clock of its place', async () => {
    await ask([...(await takeout()), '--yes', '--zone', 'Asia/Tokyo']);
    expect(ticketFor(TWIN)).not.toHaveProperty('taken_at');
    const clock = { taken_at: '2020-07-14T21:00:12', taken_offset: '+09:00' };
    expect(ticketFor(jpeg(4))).toMatchObject({ name: 'IMG_1.jpg', archived: true, ...clock });
  });
});

describe('an import that was stopped', () => {
  it('goes on from there, and sends nothing twice', async () => {
    const root = write(
      folder(),
      Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`${n}.jpg`, jpeg(n)])),
    );
    const stopping = new AbortController();
    gallery.onCall = (call) => {
      if (call === 'POST /api/uploads' && gallery.calls('storage POST').length > 0)
        stopping.abort(new Error('Stopped'));
    };
    expect((await ask([root, '--yes', '--jobs', '1'], {}, stopping.signal)).code).toBe(130);
    const before = gallery.calls('storage POST').length;
    expect(before > 0 && before < 12).toBe(true);
    expect(planIn(await ask([root, '--dry-run']))).toMatchObject({ pictures: 12, done: before });
    expect((await ask([root, '--yes'])).code).toBe(0);
    const again = await ask([root, '--yes']);
    expect([again.code, planIn(again)]).toEqual([0, expect.objectContaining({ pictures: 12, done: 12 })]);
    expect(gallery.calls('storage POST')).toHaveLength(12);
  });

  it('takes what was changed meanwhile for another picture', async () => {
    const root = write(folder(), { 'a.jpg': jpeg(1) });
    await ask([root, '--yes']);
    write(root, { 'a.jpg': Buffer.concat([jpeg(1), Buffer.alloc(1)]) });
    expect(planIn(await ask([root, '--yes']))).toMatchObject({ pictures: 1, done: 0 });
    expect(gallery.calls('storage POST')).toHaveLength(2);
  });
});

describe('sidecars', () => {
  const xmp = (body: string, attributes = '') =>
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" ${attributes}>${body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
  const bag = (name: string, words: readonly string[]) =>
    `<${name}><rdf:Bag>${words.map((word) => `<rdf:li>${word}</rdf:li>`).join('')}</rdf:Bag></${name}>`;
  const alternatives = (name: string, words: string) =>
    `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${words}</rdf:li></rdf:Alt></${name}>`;

  it('of Lightroom, Apple Photos and Immich tell of their pictures', async () => {
    const words = Array.from({ length: 12 }, (_, number) => `word ${number}`);
    const root = write(folder(), {
      'lr/DSC_1.CR2': Buffer.concat([Buffer.from('II*\0\x10\0\0\0CR\x02\0', 'latin1'), jpeg(1)]),
      'lr/DSC_1.jpg': jpeg(1),
      'lr/DSC_1.xmp': xmp(
        alternatives('dc:title', 'Rom &amp; ich') +
          alternatives('dc:description', 'Zwei\nZeilen') +
          bag('dc:subject', words),
        'xmp:Rating="5" exif:DateTimeOriginal="2019-05-01T10:11:12" exif:GPSLatitude="41,53.4N" exif:GPSLongitude="12,29.5E"',
      ),
      'apple/IMG_1.jpg': jpeg(2),
      'apple/IMG_E1.AAE': '<plist/>',
      'apple/IMG_1.xmp': xmp(
        '<photoshop:DateCreated>2021-08-09T07:08:09-03:00</photoshop:DateCreated><exif:GPSLatitude>22.9</exif:GPSLatitude>' +
          '<exif:GPSLatitudeRef>S</exif:GPSLatitudeRef><exif:GPSLongitude>43.2</exif:GPSLongitude><exif:GPSLongitudeRef>W</exif:GPSLongitudeRef>',
      ),
      'immich/library/a/IMG_2.jpg': jpeg(3),
      'immich/library/a/IMG_2.jpg.xmp': xmp(
        bag('digiKam:TagsList', ['Places/Europe/Rome']),
        'xmp:Rating="4"',
      ),
      'immich/thumbs/a/IMG_2.jpg': jpeg(33),
    });
    gallery.settings.uploads.endings = ['.jpg', '.cr2'];
    const ended = await ask([root, '--yes']);
    expect(planIn(ended)).toMatchObject({ left: { preview: 1, other: 1 } });
    const tickets = ticketsOf(gallery);
    expect(tickets['DSC_1.CR2']).toMatchObject({ title: 'Rom & ich', type: 'image/x-canon-cr2' });
    expect(tickets['DSC_1.jpg']).toMatchObject({
      title: 'Rom & ich',
      description: 'Zwei\nZeilen\n\nKeywords: word 10, word 11',
      labels: words.slice(0, 10),
      favourite: true,
      taken_at: '2019-05-01T10:11:12',
      taken_offset: null,
      location: { latitude: 41.89, longitude: expect.closeTo(12.4917, 3) as number, altitude_m: null },
    });
    expect(tickets['IMG_1.jpg']).toMatchObject({
      taken_at: '2021-08-09T07:08:09',
      taken_offset: '-03:00',
      location: { latitude: -22.9, longitude: -43.2 },
    });
    expect(tickets['IMG_2.jpg']).toMatchObject({ labels: ['Rome'] });
    expect(tickets['IMG_2.jpg']).not.toHaveProperty('favourite');
  });

  it('of PhotoPrism lie in a tree of their own', async () => {
    const root = write(folder(), {
      'originals/2020/a.jpg': jpeg(1),
      'originals/2020/b.jpg': jpeg(2),
      'sidecar/2020/a.yml':
        'UID: ps1\nTakenAt: 2020-07-14T12:00:05Z\nTitle: Munich / 2020\nCaption: At the lake\nLat: 48.137\nLng: 11.575\nFavorite: true\n' +
        'Details:\n  Keywords: sea, sun\n  KeywordsSrc: manual\n',
      'sidecar/2020/b.yml':
        'UID: ps2\nTakenAt: 2020-07-14T12:00:05Z\nTitle: Mine\nTitleSrc: manual\nPrivate: true\nDeletedAt: 2021-01-01T00:00:00Z\n',
      'sidecar/2020/b.jpg.jpg': jpeg(22),
    });
    const ended = await ask([root, '--yes', '--zone', 'UTC', '--public']);
    expect(planIn(ended)).toMatchObject({ pictures: 2, left: { preview: 1 } });
    const tickets = ticketsOf(gallery);
    expect(tickets['a.jpg']).toMatchObject({
      description: 'At the lake', favourite: true, labels: ['sea', 'sun'], taken_at: '2020-07-14T14:00:05', taken_offset: '+02:00',
      visibility: 'public',
    }); // prettier-ignore
    expect(tickets['a.jpg']).not.toHaveProperty('title');
    expect(tickets['b.jpg']).toMatchObject({ title: 'Mine', visibility: 'private', archived: true });
  });
});

describe('the pace', () => {
  it('keeps below the limits of the gallery, and tells what they make of it', async () => {
    gallery.settings.limits = {
      uploads_per_hour: 100,
      captions_per_hour: null,
      captions_a_day: 200,
      allowance: null,
      picture_dollars: 0.0001,
    };
    const root = write(
      folder(),
      Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`${n}.jpg`, jpeg(n)])),
    );
    const ended = await ask([root, '--dry-run']);
    expect(planIn(ended)).toMatchObject({ hours: 48, dollars: 0.04 });
  });

  it('is never more within an hour or a day than the limits allow, be it in several runs', async () => {
    gallery.settings.limits = {
      uploads_per_hour: 20,
      captions_per_hour: 30,
      captions_a_day: 50,
      allowance: null,
      picture_dollars: null,
    };
    const sent: number[] = [];
    gallery.onCall = (call) => {
      const files = call === 'POST /api/uploads' ? filesIn(gallery.received.at(-1)?.body ?? Buffer.of()) : [];
      sent.push(...files.map(() => Date.now()));
    };
    const root = write(
      folder(),
      Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n}.jpg`, jpeg(n)])),
    );
    await ask([root, '--yes']);
    write(root, Object.fromEntries(Array.from({ length: 70 }, (_, n) => [`${100 + n}.jpg`, jpeg(100 + n)])));
    const ended = await ask([root, '--yes']);
    expect(ended.messages).toMatch(/Keeping below the gallery’s limits; going on /);
    expect(gallery.calls('storage POST')).toHaveLength(100);
    expect(sent).toHaveLength(100);
    const hour = 3600 * 1000;
    const most = (within: number) =>
      Math.max(...sent.map((at) => sent.filter((other) => other >= at && other < at + within).length));
    expect([most(hour) <= 20, most(24 * hour) <= 50]).toEqual([true, true]);
    expect(Math.max(...sent) - Math.min(...sent)).toBeGreaterThanOrEqual(48 * hour);
  });

  it('passes the limits as far as an admin has allowed it', async () => {
    const allowance = { pictures: 30, until: '2999-01-01T00:00:00Z' };
    gallery.settings.limits = { ...gallery.settings.limits, uploads_per_hour: 10, allowance };
    const root = write(
      folder(),
      Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n}.jpg`, jpeg(n)])),
    );
    const ended = await ask([root, '--yes']);
    expect(planIn(ended)).toMatchObject({ hours: 0 });
    expect(ended.messages).not.toContain('Keeping below');
    expect(gallery.calls('storage POST')).toHaveLength(30);
  });

  it('counts against the limits only what is sent', async () => {
    gallery.settings.limits = {
      uploads_per_hour: 2,
      captions_per_hour: null,
      captions_a_day: null,
      allowance: null,
      picture_dollars: null,
    };
    const root = write(
      folder(),
      Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`${n}.jpg`, jpeg(n)])),
    );
    for (let number = 0; number < 9; number++) gallery.add(number, `${number}.jpg`, jpeg(number));
    expect((await ask([root, '--yes'])).messages).not.toContain('Keeping below');
  });

  it('waits while captioning is paused, and goes on by itself', async () => {
    const root = write(folder(), { 'a.jpg': jpeg(1) });
    gallery.settings.pause = { reason: 'Too many.', since: '2026-11-30T00:00:00Z' };
    gallery.onCall = (call) => {
      if (call === 'GET /api/settings' && gallery.calls('GET /api/settings').length > 2)
        gallery.settings.pause = null;
    };
    const ended = await ask([root, '--yes']);
    expect(ended.messages).toContain('The gallery takes a break, and the import with it. Too many.');
    expect(gallery.calls('storage POST')).toHaveLength(1);
  });
});

describe('what cannot be read', () => {
  it('is told, and the rest comes', async () => {
    const root = write(folder(), { 'broken.zip': 'PK', 'a.jpg': jpeg(1) });
    const ended = await ask([root, '--yes', '--details']);
    expect(ended.code).toBe(1);
    expect(planIn(ended)).toMatchObject({ pictures: 1, unreadable: 1 });
    expect(gallery.calls('storage POST')).toHaveLength(1);
  });

  it.each([[['x.tgz']], [['/no/such/folder']], [[]], [['.', '--zone', 'Mars/Base']]])(
    'is wrong usage: %j',
    async (words) => {
      expect((await ask(words)).code).toBe(2);
    },
  );

  it('one picture that can’t be as it is said does not keep the others out', async () => {
    const root = write(folder(), { 'a.jpg': jpeg(1), 'b.jpg': jpeg(2) });
    gallery.refuse = ({ name }) => name === 'b.jpg';
    const ended = await ask([root, '--yes']);
    expect(ended.code).toBe(1);
    expect([...gallery.pictures.values()].map(({ content }) => content)).toEqual([jpeg(1)]);
  });
});

it('reads a picture from a zip as it was put in', async () => {
  const path = join(folder(), 'pictures.zip');
  await zip(path, { 'Sommer/ä.jpg': jpeg(5), 'Sommer/b.jpg': jpeg(6) });
  expect((await ask([path, '--yes'])).code).toBe(0);
  expect([...gallery.pictures.values()].map(({ content }) => content)).toEqual(
    expect.arrayContaining([jpeg(5), jpeg(6)]),
  );
});
