import { fileTypeFromBuffer } from 'file-type';
import type { UploadLimits } from '@/api/types';
import { refusalOf } from '@/shared/uploads/refusalOf';
import { hashOf, headOf } from '../content';
import { sentenceOf } from '../exits';
import type { Candidate } from '../folder';
import type { Archive, ArchivedFile } from './archive';
import { ownClock, takenFields } from './clock';
import { joined, ticketOf, type Facts } from './facts';
import type { OwnAlbum } from './own';
import { parted, Sidecars } from './sidecars';
import { isNoAlbum, uneditedName } from './takeout';

/** A picture to be sent, with all that is known of it; `albums` by title. */
export interface PlannedPicture extends Candidate {
  size: number;
  /** Its CRC where a zip tells it, else when it was modified: what changes when it does. */
  version: number | null;
  albums: readonly string[];
  /** Its id in the gallery that it was exported from; null from anywhere else. */
  id: string | null;
  edited: boolean;
  /** Whether another program has said anything of it. */
  described: boolean;
}

/** Why a file is not sent. */
export type Reason = 'copy' | 'live' | 'film' | 'trashed' | 'preview' | 'refused' | 'other';

/** What an import will do. */
export interface Plan {
  pictures: PlannedPicture[];
  left: { name: string; reason: Reason; detail: string | null }[];
  unreadable: { name: string; detail: string }[];
  /** Descriptions of albums by their titles. */
  albums: ReadonlyMap<string, string>;
  /** The albums of a gallery's own export, whose pictures stand in them by those ids. */
  own: readonly OwnAlbum[];
}

export interface PlanOptions {
  /** Whether each folder becomes an album. */
  folders: boolean;
  /** The time zone of pictures of which nothing tells where they were taken. */
  zone: string;
}

const SNIFFED_BYTES = 8192;
const PICTURE = /\.(jpe?g|jpe|jfif|png|webp|gif|apng|tiff?|bmp|avif|hei[cf]|hif)$/i;
const FILM = /\.(mp4|m4v|mov|qt|avi|mkv|webm|3gp|3g2|mpe?g|mts|m2ts|wmv|flv|mp(~\d+)?|mv)$/i;
const NO_PICTURE =
  /(^|\/)(\.|__MACOSX\/|@eaDir\/)|\.(html?|txt|pdf|csv|db|ini|aae|thm|lrv|lrcat|mp3|wav|aac|md|log|exe|zip|svg)$/i;
/** Folders that Immich and PhotoPrism keep what they make themselves in. */
const PREVIEWS = /^(thumbs|encoded-video|profile|backups|cache|sidecar)\//i;

interface Item {
  file: ArchivedFile;
  size: number;
  version: number | null;
  facts: Facts;
  described: boolean;
  edited: boolean;
}

/** Looks at everything in an archive and decides what becomes of it; nothing is sent, and of pictures nothing is kept. */
export async function planOf(
  archive: Archive,
  limits: UploadLimits,
  options: PlanOptions,
  signal: AbortSignal,
): Promise<Plan> {
  const sidecars = await Sidecars.read(archive.files.filter(({ path }) => Sidecars.isOne(path)));
  const planning = new Planning(limits, options, sidecars, archive.unreadable);
  const { pictures, films } = await planning.sort(archive.files);
  planning.leaveFilms(films, pictures);
  const items = await planning.describe(pictures, signal);
  for (const item of await planning.single(items, signal)) planning.decide(item);
  return planning.plan;
}

class Planning {
  readonly plan: Plan;
  readonly #limits: UploadLimits;
  readonly #options: PlanOptions;
  readonly #sidecars: Sidecars;

  constructor(
    limits: UploadLimits,
    options: PlanOptions,
    sidecars: Sidecars,
    unreadable: Plan['unreadable'],
  ) {
    this.#limits = limits;
    this.#options = options;
    this.#sidecars = sidecars;
    const albums = [...sidecars.albums.values()].map(
      ({ title, description }) => [title, description] as const,
    );
    const own = sidecars.ownAlbums;
    this.plan = { pictures: [], left: [], unreadable: [...unreadable], albums: new Map(albums), own };
  }

  #leave(path: string, reason: Reason, detail: string | null = null): void {
    this.plan.left.push({ name: path, reason, detail });
  }

  /** Tells pictures from films and all else, by their names, and where these say nothing by their first bytes. */
  async sort(files: readonly ArchivedFile[]): Promise<{ pictures: ArchivedFile[]; films: ArchivedFile[] }> {
    const isPreview = previewsAmong(files);
    const sorted: Record<'image' | 'video', ArchivedFile[]> = { image: [], video: [] };
    for (const file of files) {
      if (Sidecars.isOne(file.path)) continue;
      const kind = isPreview(file.path) ? 'preview' : await this.#kindOf(file);
      if (kind === 'image' || kind === 'video') sorted[kind].push(file);
      else this.#leave(file.path, kind);
    }
    return { pictures: sorted.image, films: sorted.video };
  }

  async #kindOf({ path, content }: ArchivedFile): Promise<'image' | 'video' | 'other'> {
    const lower = path.toLowerCase();
    if (FILM.test(path)) return 'video';
    if (PICTURE.test(path) || this.#limits.endings.some((ending) => lower.endsWith(ending))) return 'image';
    if (NO_PICTURE.test(path)) return 'other';
    try {
      const kind = (await fileTypeFromBuffer(await headOf(await content(), SNIFFED_BYTES)))?.mime.split(
        '/',
      )[0];
      return kind === 'image' || kind === 'video' ? kind : 'other';
    } catch {
      return 'other'; // its name promises no picture either
    }
  }

  /** Films are left; those beside a picture of the same name are the moving halves of live photos. */
  leaveFilms(films: readonly ArchivedFile[], pictures: readonly ArchivedFile[]): void {
    const stems = new Set(pictures.map(({ path }) => stemOf(path)));
    for (const { path } of films) this.#leave(path, stems.has(stemOf(path)) ? 'live' : 'film');
  }

  /** Gathers what is known of each picture. */
  async describe(pictures: readonly ArchivedFile[], signal: AbortSignal): Promise<Item[]> {
    const items: Item[] = [];
    for (const file of pictures) {
      signal.throwIfAborted();
      const item = await this.#itemOf(file).catch((error: unknown) => {
        this.plan.unreadable.push({ name: file.path, detail: sentenceOf(error) });
        return null;
      });
      if (item !== null) items.push(item);
    }
    // An album may hold the document of a picture that lies in its year's folder alone.
    for (const { title, facts } of this.#sidecars.unmatched()) {
      const same = items.filter(
        (item) => item.facts.filename === facts.filename && isSameMoment(item.facts, facts),
      );
      if (same[0] !== undefined) same[0].facts = withAlbum(same[0].facts, title);
    }
    return items;
  }

  async #itemOf(file: ArchivedFile): Promise<Item> {
    const { path } = file;
    const [folder] = parted(path);
    const known = this.#sidecars.factsOf(path);
    const own = this.#options.folders ? (folder.split('/').at(-1) ?? '') : '';
    const album = this.#sidecars.albums.get(folder)?.title ?? (isNoAlbum(own) ? '' : own);
    const facts = withAlbum(joined(known), album);
    const { size, modified } = await file.content();
    return {
      file,
      size,
      version: file.listed?.crc32 ?? modified,
      facts,
      described: known.length > 0,
      edited: isEdited(path),
    };
  }

  /** Joins files of the same bytes into one; only those of the same size are read for that. */
  async single(items: readonly Item[], signal: AbortSignal): Promise<Item[]> {
    const groups: Item[][] = [];
    for (const alike of grouped(items, ({ size }) => size)) {
      if (alike.length === 1) groups.push(alike);
      else groups.push(...(await this.#sameBytes(alike, signal)));
    }
    return groups.map((copies) => this.#join(copies));
  }

  async #sameBytes(items: readonly Item[], signal: AbortSignal): Promise<Item[][]> {
    const hashes = new Map<Item, string>();
    for (const item of items) {
      const hash = hashOf(await item.file.content(), signal).catch((error: unknown) => {
        signal.throwIfAborted();
        this.plan.unreadable.push({ name: item.file.path, detail: sentenceOf(error) });
        return null;
      });
      const known = await hash;
      if (known !== null) hashes.set(item, known);
    }
    return grouped([...hashes.keys()], (item) => hashes.get(item));
  }

  #join(copies: readonly Item[]): Item {
    const [first, ...more] = copies.toSorted((a, b) => Number(b.described) - Number(a.described)) as [
      Item,
      ...Item[],
    ];
    for (const { file } of more) this.#leave(file.path, 'copy', `The same bytes as ${first.file.path}.`);
    const facts = joined(copies.filter(({ described }) => described).map(({ facts: known }) => known));
    const { albums } = joined(copies.map(({ facts: known }) => known));
    return { ...first, facts: { ...facts, albums } };
  }

  decide({ file, size, version, facts, described, edited }: Item): void {
    const { path, content } = file;
    const refusal = refusalOf({ size, type: '' }, this.#limits);
    if (facts.trashed || refusal !== null) {
      this.#leave(path, facts.trashed ? 'trashed' : 'refused', facts.trashed ? null : refusal);
      return;
    }
    const [, name] = parted(path);
    const named = { ...facts, filename: edited ? name : renamed(name, facts.filename) };
    const about = { name, location: facts.location, zone: this.#options.zone };
    const describe = (head: Buffer) =>
      ticketOf(named, takenFields(facts.taken, { ...about, own: ownClock(head) }));
    const albums = facts.albums ?? [];
    this.plan.pictures.push({
      name: path,
      named: true,
      content,
      size,
      version,
      albums,
      id: facts.id ?? null,
      edited,
      described,
      describe,
    });
  }
}

/** Tells which files other programs have made of originals, in folders beside those of the originals. */
function previewsAmong(files: readonly ArchivedFile[]): (path: string) => boolean {
  const homes = new Set(
    files.flatMap(({ path }) => /^(.*?)(originals|library|upload)\//i.exec(path)?.[1] ?? []),
  );
  return (path) => [...homes].some((home) => path.startsWith(home) && PREVIEWS.test(path.slice(home.length)));
}

function withAlbum(facts: Facts, title: string): Facts {
  return title === '' ? facts : { ...facts, albums: [...new Set([...(facts.albums ?? []), title])] };
}

function isSameMoment({ taken: one }: Facts, { taken: other }: Facts): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    'moment' in one &&
    'moment' in other &&
    one.moment === other.moment
  );
}

/** Returns what a picture was called before it was archived, with the ending that it has now. */
function renamed(name: string, before = ''): string {
  const ending = /\.[^.]*$/.exec(name)?.[0] ?? '';
  if (before === '') return name;
  return before.toLowerCase().endsWith(ending.toLowerCase())
    ? before
    : before.replace(/\.[^.]*$/, '') + ending;
}

/** Whether a name is that of an edited copy: Google's “-edited”, Apple's “IMG_E1234”, or osxphotos' “_edited”. */
function isEdited(path: string): boolean {
  const [, name] = parted(path);
  return uneditedName(name) !== null || /^IMG_E\d{4}\.|_edited\.[^.]+$/i.test(name);
}

function stemOf(path: string): string {
  return path.toLowerCase().replace(/(\.mp(~\d+)?)?(\.[^./]*)?$/, '');
}

/** Puts values with the same key together, in the order of the first of each. */
function grouped<Value>(values: readonly Value[], keyOf: (value: Value) => unknown): Value[][] {
  const groups = new Map<unknown, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return [...groups.values()];
}
