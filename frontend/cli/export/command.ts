import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectData } from '@/api/answers';
import type { Image } from '@/api/types';
import { byteSize } from '@/shared/pictures/words';
import { Albums } from '../albums';
import { sourceOf } from '../download';
import { concernsAll, EXIT, sentenceOf, UsageError } from '../exits';
import type { Gallery } from '../gallery';
import { OWN_VERSION, type OwnDocument } from '../import/own';
import { listPages, type Choice } from '../pictures';
import { Target } from '../target';
import type { Terminal } from '../terminal';
import { xmpOf } from './xmp';

/** Which lists have all that is somebody's, each picture in one of them. */
const LISTS: readonly Choice[] = [{ owner: 'me' }, { archived: true }, { trashed: true }];

const README = `Everything of somebody's in a Neural Gallery, made by “gallery export”.

pictures/YEAR/MONTH/NAME        an original, byte for byte, by when it was taken
pictures/YEAR/MONTH/NAME.json   what the gallery knows of it, as its API tells it, and the albums that it is in
pictures/YEAR/MONTH/NAME.xmp    what people said of it, for digiKam, exiftool and other programs

“gallery import FOLDER” brings it back into a gallery: bytes, names, dates, places, titles, descriptions, labels, favourites, archive,
who sees a picture, hidden sentences, albums. What does not come back: ids, when a picture was added, the order and cover of
albums, what is in the trash, links, posts, likes, who follows whom, and what models wrote, which they write again.
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
  terminal.message(`${pictures.toLocaleString('en')} pictures, ${byteSize(Math.max(bytes, 1))}.`);
  await mkdir(folder, { recursive: true });
  await replaced(join(folder, 'README.txt'), README);
  const run = new ExportRun(gallery, terminal, folder, await titlesOf(gallery), pictures);
  try {
    for (const choice of LISTS)
      for await (const images of listPages(gallery, choice, Infinity))
        await gallery.forEach(images, jobs, (image) => run.save(image));
  } finally {
    terminal.finish();
    terminal.message(run.summary);
  }
  return run.counts.failed > 0 ? EXIT.someFailed : EXIT.done;
}

class ExportRun {
  readonly counts = { exported: 0, already_there: 0, failed: 0 };
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
    const take = async () =>
      target.take(image, await sourceOf(this.#gallery, image.id), this.#gallery.signal);
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

/** Returns the titles of the albums that one's pictures are in, by the pictures' ids. */
async function titlesOf(gallery: Gallery): Promise<Map<string, string[]>> {
  const titles = new Map<string, string[]>();
  for (const { id, title } of (await Albums.open(gallery))?.all ?? [])
    for await (const images of listPages(gallery, { album: id }, Infinity))
      for (const image of images) titles.set(image.id, [...(titles.get(image.id) ?? []), title]);
  return titles;
}

/** Writes a file as a whole: until then its name stands for what it held before. */
async function replaced(path: string, content: string): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  await writeFile(draft, content);
  await rename(draft, path);
}
