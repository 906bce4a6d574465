import type { Facts } from './facts';

/** Documents of Google's about one picture, and about an album; see docs/importing.md for where the rules are from. */

const MOST_BEFORE_JSON = 46;
const SUPPLEMENT = '.supplemental-metadata';
/** What an edited copy's name ends with, in the languages that were seen or can be expected. */
const EDITED = [
  'edited', 'effects', 'smile', 'mix', // English
  'bearbeitet', 'modifié', 'modificato', 'editado', 'ha editado', 'editat', 'bewerkt', 'edytowane', 'redigeret', 'redigert',
  'redigerad', 'muokattu', 'upravené', 'upraveno', 'szerkesztett', 'düzenlendi', 'отредактировано', 'изменено',
  'відредаговано', 'редактирано', '編集済み', '편집됨', '编辑', '已编辑', '已編輯', 'แก้ไขแล้ว', 'đã chỉnh sửa', 'diedit',
].map((word) => `-${word}`.normalize('NFC')); // prettier-ignore
/** Below so many letters a cut name may be anything's beginning. */
const LEAST_OF_A_CUT_NAME = 20;
const LEAST_OF_A_CUT_ENDING = 3;

/** A picture's name without the number that Google put into it to tell it from its namesakes. */
interface Name {
  full: string;
  /** With its ending, without the number. */
  plain: string;
  stem: string;
  number: string;
}

/** A document and what its name says of the picture's. */
interface Named<Document> {
  name: string;
  number: string;
  title: string;
  document: Document;
  /** Whether the name is as long as names are cut. */
  cut: boolean;
}

/**
 * The documents beside the pictures of one folder, to be found by the name of a picture.
 *
 * Google cuts a document's name behind 46 characters, be it in “supplemental-metadata” or in the picture's own name, and puts
 * the number of namesakes behind that instead of into the picture's name.
 */
export class Documents<Document> {
  readonly #exact = new Map<string, Named<Document>>();
  readonly #byStem = new Map<string, Named<Document>>();
  readonly #byBeginning = new Map<string, Named<Document>[]>();

  /** Takes a document up by its file's name, which ends with “.json”, and the name of the picture that it tells itself. */
  add(file: string, title: string, document: Document): void {
    const base = file.replace(/\.json$/i, '');
    const [, unnumbered = base, number = ''] = /^(.*?)(\(\d+\))?$/s.exec(base) ?? [];
    // Each reading of the name counts: a number may have stayed in the picture's own name, and “a.s” may be one as well.
    const readings = [base, withoutSupplement(base)].map((name) => ({ name, number: '' }));
    readings.push(...[unnumbered, withoutSupplement(unnumbered)].map((name) => ({ name, number })));
    for (const reading of readings) {
      const named = { ...reading, title, document, cut: base.length >= MOST_BEFORE_JSON - number.length };
      keep(this.#exact, keyOf(named.name, named.number), named);
      if (named.number === number) keep(this.#byStem, keyOf(split(named.name)[0], number), named);
      const key = named.name.slice(0, LEAST_OF_A_CUT_NAME);
      if (key.length === LEAST_OF_A_CUT_NAME)
        this.#byBeginning.set(key, [...(this.#byBeginning.get(key) ?? []), named]);
    }
  }

  /** Returns the document of a picture, of the one that it is an edited copy or the film of, or null. */
  find(file: string): Document | null {
    const name = nameOf(file);
    const original = uneditedName(file);
    return this.#of(name, original === null) ?? (original === null ? null : this.#of(nameOf(original), true));
  }

  #of(name: Name, loosely: boolean): Document | null {
    const { full, plain, stem, number } = name;
    const keys = [keyOf(full, ''), keyOf(plain, number), keyOf(full, number), keyOf(stem, number)];
    const exact = keys.map((key) => this.#exact.get(key)).find((named) => named !== undefined);
    const sidecar = exact ?? this.#cut(name) ?? (loosely ? this.#byStem.get(keyOf(stem, number)) : undefined);
    return sidecar?.document ?? null;
  }

  /** Returns the one document whose name is the beginning of a picture's; of several, the one that names the picture itself. */
  #cut({ full, plain, number }: Name): Named<Document> | undefined {
    const isTitled = ({ title }: Named<Document>) => isSameName(title, full) || isSameName(title, plain);
    const fits = (named: Named<Document>) =>
      (named.cut || isTitled(named)) &&
      (full.startsWith(named.name) || (named.number === number && plain.startsWith(named.name)));
    const fitting = (this.#byBeginning.get(full.slice(0, LEAST_OF_A_CUT_NAME)) ?? []).filter(fits);
    const titled = fitting.filter(isTitled);
    const numbered = fitting.filter((named) => named.number === number);
    const both = titled.filter((named) => numbered.includes(named));
    return [both, titled, numbered, fitting].find(
      (some) => new Set(some.map(({ document }) => document)).size === 1,
    )?.[0];
  }
}

/** Returns the name of the picture that another is an edited copy of, or null: “a-edited(1).jpg” is of “a(1).jpg”. */
export function uneditedName(file: string): string | null {
  const { stem, number, plain } = nameOf(file.normalize('NFC'));
  const ending = plain.slice(stem.length);
  const lower = stem.toLowerCase();
  const whole = EDITED.find((word) => lower.endsWith(word));
  if (whole !== undefined) return `${stem.slice(0, -whole.length)}${number}${ending}`;
  if (stem.length + number.length < MOST_BEFORE_JSON) return null;
  const at = lower.lastIndexOf('-');
  const begun = at > 0 && stem.length - at >= LEAST_OF_A_CUT_ENDING ? lower.slice(at) : null;
  const isCut = begun !== null && EDITED.some((word) => word.startsWith(begun));
  return isCut ? `${stem.slice(0, at)}${number}${ending}` : null;
}

/** Returns what a document says of a picture, or null where it is none of Google's about one. */
export function factsIn(document: unknown): Facts | null {
  const {
    title,
    description,
    photoTakenTime,
    creationTime,
    geoData,
    geoDataExif,
    favorited,
    archived,
    trashed,
    inLockedFolder,
  } = recordOf(document);
  const seconds = secondsIn(photoTakenTime) ?? secondsIn(creationTime);
  if (typeof title !== 'string' || (seconds === null && geoData === undefined)) return null;
  return {
    filename: title,
    description: typeof description === 'string' ? description : undefined,
    taken: seconds === null ? undefined : { moment: seconds * 1000 },
    // What its owner has put right comes before what the camera wrote.
    location: locationIn(geoData) ?? locationIn(geoDataExif),
    favourite: favorited === true,
    archived: archived === true,
    trashed: trashed === true,
    locked: inLockedFolder === true,
  };
}

/** Returns the title and description of an album, or null: only such a document has neither a picture's date nor its name. */
export function albumIn(document: unknown): { title: string; description: string } | null {
  const whole = recordOf(document);
  const { title, description, photoTakenTime } = { ...whole, ...recordOf(whole.albumData) };
  if (typeof title !== 'string' || photoTakenTime !== undefined) return null;
  return { title: title.trim(), description: typeof description === 'string' ? description.trim() : '' };
}

const PHOTOS =
  /^(photos?|fotos?|foto's|fotografi\p{L}*|fotky|foton|fotók|fotoğraflar|zdjęcia|фото|фотографии|снимки|снимки|bilder|billeder|bilete|(valo)?kuvat|nuotraukos|fotod)$/iu;
const SPECIAL =
  /^(archive|archiv|archives|archivio|archivo|arquivo|archief|archiwum|архив|архів|アーカイブ|trash|bin|papierkorb|corbeille|cestino|papelera|lixeira|prullenbak|kosz|корзина|ゴミ箱|failed videos)$/iu;

/**
 * Whether a title is of a folder that Google makes itself: of a year, in the account's language, of a day, as in old archives,
 * of the archive or the trash.
 */
export function isNoAlbum(title: string): boolean {
  const [first = '', ...more] = title.split(/\s+/);
  const ofYear = /^(19|20)\d\d$/.test(more.at(-1) ?? '') && more.length <= 3 && PHOTOS.test(first);
  const yearFirst = /^(19|20)\d\d\s?[年년]/.test(title);
  const ofDay = /^\d{4}[-/.]\d\d?[-/.]\d\d?(\s?[-–#].*)?$/.test(title);
  return title === '' || ofYear || yearFirst || ofDay || SPECIAL.test(title);
}

function nameOf(file: string): Name {
  const [stem, ending] = split(file);
  const [, bare = stem, number = ''] = /^(.+?)(\(\d+\))?$/s.exec(stem) ?? [];
  return { full: file, plain: bare + ending, stem: bare, number };
}

function split(file: string): [stem: string, ending: string] {
  const dot = file.lastIndexOf('.');
  return dot > 0 ? [file.slice(0, dot), file.slice(dot)] : [file, ''];
}

/** Returns a name without “.supplemental-metadata”, or without as much of it as was left when it was cut. */
function withoutSupplement(name: string): string {
  const dot = name.lastIndexOf('.');
  const tail = dot < 0 ? '' : name.slice(dot);
  const before = name.slice(0, Math.max(dot, 0));
  const isCut = tail !== '' && SUPPLEMENT.startsWith(tail) && /\.[a-z0-9~]{2,5}$/i.test(before);
  return tail === SUPPLEMENT || isCut ? before : name;
}

/** Whether a title is the name of a picture but for the characters that file systems don't have. */
function isSameName(title: string, name: string): boolean {
  const [stem] = split(name);
  const plain = title.normalize('NFC').replace(/[\\/:*?"<>|&%']/g, '_');
  const same = stem.replace(/[&%']/g, '_');
  return (
    plain === name ||
    split(plain)[0] === stem ||
    (same.length >= LEAST_OF_A_CUT_NAME && plain.startsWith(same))
  );
}

function keyOf(name: string, number: string): string {
  return `${name}/${number}`;
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (!map.has(key)) map.set(key, value);
}

function secondsIn(time: unknown): number | null {
  const { timestamp } = recordOf(time);
  const seconds = typeof timestamp === 'string' && timestamp !== '' ? Number(timestamp) : timestamp;
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : null;
}

function locationIn(place: unknown): Facts['location'] {
  const { latitude, longitude, altitude } = recordOf(place);
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return undefined;
  const isNowhere = latitude === 0 && longitude === 0;
  if (isNowhere || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return {
    latitude,
    longitude,
    altitude_m: typeof altitude === 'number' && altitude !== 0 ? altitude : null,
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
