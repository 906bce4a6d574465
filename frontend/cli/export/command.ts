import { mkdir, rename, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { expectData } from '@/api/answers';
import type { Image } from '@/api/types';
import { byteSize } from '@/shared/pictures/words';
import { Albums } from '../albums';
import { sourceOf } from '../download';
import { concernsAll, EXIT, sentenceOf, UsageError } from '../exits';
import type { Gallery } from '../gallery';
import { OWN_VERSION, type OwnAlbum, type OwnDocument } from '../import/own';
import { listPages, type Choice } from '../pictures';
import { Target, type Source } from '../target';
import type { Terminal } from '../terminal';
import { xmpOf } from './xmp';

/** Which lists have all that is somebody's, each picture in one of them. */
const LISTS: readonly Choice[] = [{ owner: 'me' }, { archived: true }, { trashed: true }];

const README = `Everything of somebody's in a Neural Gallery, made by “gallery export”.

pictures/YEAR/MONTH/NAME        an original, byte for byte, by when it was taken
pictures/YEAR/MONTH/NAME.json   what the gallery knows of it, as its API tells it, and the albums that it is in
pictures/YEAR/MONTH/NAME.xmp    what people said of it, for digiKam, exiftool and other programs
albums/ID.json                  an album, its cover and its pictures in their order, by their ids

“gallery import FOLDER” brings it back into a gallery: bytes, names, dates, places, titles, descriptions, labels,
favourites, archive, who sees a picture, hidden sentences, albums with their order and cover. What does not come back:
ids, when a picture was added, what is in the trash, links, other people's pictures and parts in albums, posts, likes,
who follows whom, and what models wrote, which they write again.
`;

/** What has become of a picture; a line of \`gallery export --json\`. */
interface Outcome {
  image_id: string;
  status: 'exported' | 'already_there' | 'failed';
  file: string | null;
  detail: string | null;
}

/** Saves everything of somebody's into a folder, with what is known of it; done again it goes on. Returns the exit code. */
export async function exportPictures(
  gallery: Gallery,
  terminal: Terminal,
  folder: string,
  jobs: number,
): Promise<number> {
  if (!gallery.isSignedIn) throw new UsageError('Whose pictures? Sign in first: “gallery login”.');
  const { pictures, bytes } = await gallery.withRetry(() => expectData(gallery.api.GET('/api/me')));
  const { export_gb_dollars: rate } = await gallery.withRetry(() =>
    expectData(gallery.api.GET('/api/settings')),
  );
  terminal.message(
    `${pictures.toLocaleString('en')} pictures, ${byteSize(Math.max(bytes, 1))}.${costOf(rate, bytes)}`,
  );
  await mkdir(join(folder, 'albums'), { recursive: true });
  await replaced(join(folder, 'README.txt'), README);
  const albums = await listAlbums(gallery);
  const run = new ExportRun(gallery, terminal, folder, titlesIn(albums), pictures);
  try {
    for (const choice of LISTS)
      for await (const images of listPages(gallery, choice, Infinity))
        await gallery.forEach(images, jobs, (image) => run.save(image));
    await saveAlbums(join(folder, 'albums'), albums, run.saved);
  } finally {
    terminal.finish();
    terminal.message(run.summary);
  }
  return run.counts.failed > 0 ? EXIT.someFailed : EXIT.done;
}

class ExportRun {
  readonly counts = { exported: 0, already_there: 0, failed: 0 };
  /** The ids of the pictures whose originals are in the folder. */
  readonly saved = new Set<string>();
  readonly #gallery: Gallery;
  readonly #terminal: Terminal;
  readonly #folder: string;
  readonly #titles: ReadonlyMap<string, string[]>;
  readonly #total: number;
  /** The folders of months, each opened once. */
  readonly #targets = new Map<string, Promise<Target>>();

  constructor(
    gallery: Gallery,
    terminal: Terminal,
    folder: string,
    titles: ReadonlyMap<string, string[]>,
    total: number,
  ) {
    this.#gallery = gallery;
    this.#terminal = terminal;
    this.#folder = folder;
    this.#titles = titles;
    this.#total = total;
  }

  get summary(): string {
    const { exported, already_there, failed } = this.counts;
    return `${exported} exported, ${already_there} already there, ${failed} failed.`;
  }

  /** Saves a picture, then what is known of it: a picture without that was stopped in between, and gets it the next time. */
  async save(image: Image): Promise<void> {
    const outcome = await this.#saved(image).catch((error: unknown): Outcome => {
      if (this.#gallery.signal.aborted || concernsAll(error)) throw error;
      return { image_id: image.id, status: 'failed', file: null, detail: sentenceOf(error) };
    });
    this.counts[outcome.status] += 1;
    if (outcome.status !== 'failed') this.saved.add(image.id);
    const words = [outcome.status, outcome.file ?? outcome.image_id, outcome.detail ?? '']
      .join('  ')
      .trimEnd();
    if (outcome.status === 'failed' || !this.#terminal.hasViewer) await this.#terminal.result(outcome, words);
    const { exported, already_there, failed } = this.counts;
    this.#terminal.progress(exported + already_there + failed, this.#total, 'pictures');
  }

  async #saved(image: Image): Promise<Outcome> {
    const month = join('pictures', image.taken_at.slice(0, 4), image.taken_at.slice(5, 7));
    const target = await this.#targetOf(month);
    const existing = await target.find(image, this.#gallery.signal);
    const take = async () => {
      const source = await sourceOf(this.#gallery, image.id);
      return target.take(image, { ...source, filename: ownName(image, source) }, this.#gallery.signal);
    };
    const name = existing ?? (await this.#gallery.withRetry(take));
    const file = join(month, name);
    const document: OwnDocument = {
      neural_gallery: OWN_VERSION,
      image,
      albums: this.#titles.get(image.id) ?? [],
    };
    await replaced(join(this.#folder, `${file}.xmp`), xmpOf(image));
    await replaced(join(this.#folder, `${file}.json`), `${JSON.stringify(document, null, 2)}\n`);
    return {
      image_id: image.id,
      status: existing === null ? 'exported' : 'already_there',
      file,
      detail: null,
    };
  }

  #targetOf(month: string): Promise<Target> {
    const known = this.#targets.get(month) ?? Target.open(join(this.#folder, month));
    this.#targets.set(month, known);
    return known;
  }
}

/** Returns what a picture's file was called when it came, ending as what it is; a title is no name of a file. */
function ownName({ filename }: Image, source: Source): string {
  const ending = extname(source.filename);
  if (filename === null || filename.toLowerCase().endsWith(ending.toLowerCase()))
    return filename ?? source.filename;
  return filename.slice(0, filename.length - extname(filename).length) + ending;
}

/** Says what a gallery's owner pays for it, where anybody does. */
function costOf(rate: number | null | undefined, bytes: number): string {
  return rate == null
    ? ''
    : ` It costs the gallery about $${Math.max((rate * bytes) / 1e9, 0.01).toFixed(2)}.`;
}

/** Returns one's albums with all their pictures, in order. */
async function listAlbums(gallery: Gallery): Promise<OwnAlbum[]> {
  const albums: OwnAlbum[] = [];
  for (const album of (await Albums.open(gallery))?.all ?? []) {
    const { id, title, description, visibility, order, cover } = album;
    const pictures: string[] = [];
    for await (const images of listPages(gallery, { album: id }, Infinity))
      pictures.push(...images.map((image) => image.id));
    albums.push({ id, title, description, visibility, order, cover: cover?.id ?? null, pictures });
  }
  return albums;
}

/** Returns the titles of the albums that each picture is in, by its id. */
function titlesIn(albums: readonly OwnAlbum[]): Map<string, string[]> {
  const titles = new Map<string, string[]>();
  for (const { title, pictures } of albums)
    for (const picture of pictures) titles.set(picture, [...(titles.get(picture) ?? []), title]);
  return titles;
}

/** Saves what albums say, of the pictures in them only one's own, which were saved. */
async function saveAlbums(
  folder: string,
  albums: readonly OwnAlbum[],
  saved: ReadonlySet<string>,
): Promise<void> {
  for (const album of albums) {
    const pictures = album.pictures.filter((id) => saved.has(id));
    const cover = album.cover !== null && saved.has(album.cover) ? album.cover : null;
    const document = { neural_gallery: OWN_VERSION, album: { ...album, cover, pictures } };
    await replaced(join(folder, `${album.id}.json`), `${JSON.stringify(document, null, 2)}\n`);
  }
}

/** Writes a file as a whole: until then its name stands for what it held before. */
async function replaced(path: string, content: string): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  await writeFile(draft, content);
  await rename(draft, path);
}
