import { text } from 'node:stream/consumers';
import type { ArchivedFile } from './archive';
import { joined, type Facts } from './facts';
import { albumInOwn, factsInOwn, type OwnAlbum } from './own';
import { backedUpIn, type BackedUpAlbum } from './photoprism';
import { albumIn, Documents, factsIn, isNoAlbum } from './takeout';
import { factsInXmp } from './xmp';

const MOST_BYTES = 4 * 2 ** 20;
const CHUNK = 32;

/** What stands beside pictures and is about them, by the folder that it lies in. */
export class Sidecars {
  readonly albums = new Map<string, { title: string; description: string }>();
  /** The albums of a gallery's own export. */
  readonly ownAlbums: OwnAlbum[] = [];
  readonly #documents = new Map<string, Documents<Facts>>();
  readonly #named = new Map<string, Facts[]>();
  readonly #own = new Map<string, Facts>();
  readonly #backedUp: BackedUpAlbum[] = [];
  readonly #byId = new Map<string, Facts>();
  /** The documents of pictures in albums, by the album's folder. */
  readonly #inAlbums: { folder: string; facts: Facts }[] = [];
  readonly #matched = new Set<Facts>();

  /** Whether a file's name is that of a document about pictures. */
  static isOne(path: string): boolean {
    return /\.(json|xmp|ya?ml)$/i.test(path);
  }

  /** Reads the documents among some files, a few at a time; what can't be read says nothing. */
  static async read(files: readonly ArchivedFile[]): Promise<Sidecars> {
    const sidecars = new Sidecars();
    for (let at = 0; at < files.length; at += CHUNK) {
      const some = files.slice(at, at + CHUNK);
      const texts = await Promise.all(some.map(textOf));
      some.forEach(({ path }, place) => {
        sidecars.#add(path, texts[place] ?? '');
      });
    }
    sidecars.#assignAlbums();
    return sidecars;
  }

  /** Returns what is said of a picture beside it. */
  factsOf(path: string): Facts[] {
    const [folder, name] = parted(path);
    const document = this.#documents.get(folder)?.find(name) ?? null;
    if (document !== null) this.#matched.add(document);
    const keys = [path, withoutEnding(path)].map((key) => keyOf(key));
    const own = this.#own.get(keyOf(path));
    // A gallery's own export says all that its sidecars for other programs say.
    if (own !== undefined) return [own];
    return [...keys.flatMap((key) => this.#named.get(key) ?? []), ...(document === null ? [] : [document])];
  }

  /** Returns the documents in albums that `factsOf` has found no picture for, with the album's title. */
  unmatched(): { title: string; facts: Facts }[] {
    return this.#inAlbums
      .filter(({ facts }) => !this.#matched.has(facts))
      .map(({ folder, facts }) => ({ title: this.albums.get(folder)?.title ?? '', facts }))
      .filter(({ title }) => title !== '');
  }

  #add(path: string, words: string): void {
    if (/\.xmp$/i.test(path)) this.#note(withoutEnding(path), factsInXmp(words));
    else if (/\.ya?ml$/i.test(path)) this.#addBackedUp(path, words);
    else this.#addDocument(path, documentIn(words));
  }

  #addDocument(path: string, document: unknown): void {
    const [folder, name] = parted(path);
    const [own, facts, album] = [factsInOwn(document), factsIn(document), albumIn(document)];
    const ownAlbum = albumInOwn(document);
    if (own !== null) {
      this.#own.set(keyOf(withoutEnding(path)), own);
    } else if (ownAlbum !== null) {
      this.ownAlbums.push(ownAlbum);
    } else if (facts !== null) {
      const documents = this.#documents.get(folder) ?? new Documents<Facts>();
      documents.add(name, facts.filename ?? '', facts);
      this.#documents.set(folder, documents);
      this.#inAlbums.push({ folder, facts });
    } else if (album !== null && !isNoAlbum(album.title)) {
      this.albums.set(folder, album);
    }
  }

  #addBackedUp(path: string, words: string): void {
    const backedUp = backedUpIn(words);
    if (backedUp === null) return;
    if ('pictures' in backedUp) {
      this.#backedUp.push(backedUp);
    } else {
      this.#byId.set(backedUp.id, backedUp.facts);
      this.#note(withoutEnding(path), backedUp.facts);
    }
  }

  #note(path: string, facts: Facts | null): void {
    if (facts === null) return;
    const key = keyOf(path);
    this.#named.set(key, [...(this.#named.get(key) ?? []), facts]);
  }

  #assignAlbums(): void {
    for (const { title, pictures } of this.#backedUp)
      for (const id of pictures) {
        const facts = this.#byId.get(id);
        if (facts && title !== '') Object.assign(facts, joined([facts, { albums: [title] }]));
      }
  }
}

/** PhotoPrism keeps documents in a tree of their own, beside that of the pictures. */
function keyOf(path: string): string {
  return path.toLowerCase().replace(/^(.*\/)?(originals|sidecar)\//, '');
}

async function textOf({ content }: ArchivedFile): Promise<string> {
  try {
    const { size, open } = await content();
    return size > MOST_BYTES ? '' : (await text(await open())).replace(/^\uFEFF/, '');
  } catch {
    return ''; // the picture comes without it
  }
}

function documentIn(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return null;
  }
}

/** Returns a path's folder and the name in it. */
export function parted(path: string): [folder: string, name: string] {
  const slash = path.lastIndexOf('/');
  return [path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)];
}

function withoutEnding(path: string): string {
  return path.replace(/\.[^./]*$/, '');
}
