import { setTimeout as sleep } from 'node:timers/promises';
import { expectData } from '@/api/answers';
import type { Album, BatchResult } from '@/api/types';
import { UsageError } from './exits';
import type { Gallery } from './gallery';
import { pages } from './pictures';

/** What to make an album of. */
export interface Look {
  title: string;
  description: string | null;
  visibility: 'public' | 'private';
  order: Album['order'];
}

type Result = BatchResult;

const IDS_PER_REQUEST = 100;
/** How often pictures are offered to an album that the gallery has not looked at yet. */
const ROUNDS = 6;
const FIRST_WAIT_MS = 1000;

/** One's own albums. */
export class Albums {
  readonly #gallery: Gallery;
  readonly #byTitle: Map<string, Album>;
  /** All of them, the newest first. */
  readonly all: Album[];

  private constructor(gallery: Gallery, albums: readonly Album[]) {
    this.#gallery = gallery;
    this.all = [...albums];
    // Of several with one title the oldest counts; the newest are listed first.
    this.#byTitle = new Map(albums.map((album) => [album.title, album]));
  }

  /** Lists one's own albums; null where the gallery has none, or nobody is signed in. */
  static async open(gallery: Gallery): Promise<Albums | null> {
    if (!gallery.isSignedIn) return null;
    const { paths } = await gallery.withRetry(() => expectData(gallery.api.GET('/api/openapi.json')));
    if (typeof paths !== 'object' || paths === null || !('/api/albums' in paths)) return null;
    const albums: Album[] = [];
    const list = pages(gallery, Infinity, async (cursor, limit) => {
      const query = { owner: 'me' as const, limit, ...(cursor !== null && { cursor }) };
      const page = await expectData(gallery.api.GET('/api/albums', { params: { query } }));
      return { items: page.albums, next_cursor: page.next_cursor };
    });
    for await (const page of list) albums.push(...page);
    return new Albums(gallery, albums);
  }

  /** Returns the album with a title, made where there is none. */
  async named(title: string, description = ''): Promise<Album> {
    const look = { title, description: description || null, visibility: 'private', order: 'taken' } as const;
    return this.#byTitle.get(title) ?? (await this.#make(look));
  }

  /**
   * Returns the album that looks so: the one of an id where there is one, else one of that title, else a new one.
   *
   * Those that `taken` tells are others that happen to have the same title.
   */
  async looking(look: Look, id: string | undefined, taken: ReadonlySet<string>): Promise<Album> {
    const free = this.all.filter((album) => !taken.has(album.id));
    const known =
      free.find((album) => album.id === id) ?? free.findLast((album) => album.title === look.title);
    return known ?? (await this.#make(look));
  }

  async #make({ title, description, visibility, order }: Look): Promise<Album> {
    const body = { title, ...(description !== null && { description }), visibility, order };
    const album = await expectData(this.#gallery.api.POST('/api/albums', { body }));
    this.#byTitle.set(album.title, album);
    this.all.unshift(album);
    return album;
  }

  /** Puts pictures into an album so that they stand in it in their order; returns how many it didn’t take. */
  async arrange(album: Album, images: readonly string[]): Promise<number> {
    if (album.order !== 'added') return (await this.add(album, images)) + (await this.#rank(album, images));
    let refused = 0;
    // What is added last stands first; pictures added by one request have no order among themselves.
    for (const image of images.toReversed()) refused += await this.add(album, [image]);
    return refused;
  }

  /** Moves pictures of an album in an order by hand to its front; returns how many could not be moved. */
  async #rank({ id, order }: Album, images: readonly string[]): Promise<number> {
    if (order !== 'manual') return 0;
    let [refused, after]: [number, string | null] = [0, null];
    for (let at = 0; at < images.length; at += IDS_PER_REQUEST) {
      const ids = images.slice(at, at + IDS_PER_REQUEST);
      const results = await this.#move(id, ids, after);
      refused += results.filter(({ status }) => status >= 300).length;
      after = results.findLast(({ status }) => status < 300)?.id ?? after;
    }
    return refused;
  }

  async #move(album_id: string, ids: string[], after: string | null): Promise<Result[]> {
    const call = { params: { path: { album_id } }, body: { ids, after } };
    const move = () => expectData(this.#gallery.api.POST('/api/albums/{album_id}/order', call));
    return (await this.#gallery.withRetry(move)).results;
  }

  /** Has a picture stand for an album. */
  async cover({ id, version }: Album, cover: string): Promise<void> {
    const params = { path: { album_id: id }, header: { 'if-match': `"${version}"` } };
    const change = () =>
      expectData(this.#gallery.api.PATCH('/api/albums/{album_id}', { params, body: { cover } }));
    await this.#gallery.withRetry(change);
  }

  /** Returns the one album that is called so, or has this id; raises UsageError where none does, or several do. */
  find(words: string): Album {
    const called = this.all.filter(({ id, title }) => id === words || title === words);
    const [album, another] = called;
    if (album === undefined) throw new UsageError(`You have no album “${words}”.`);
    if (another !== undefined)
      throw new UsageError(`${called.length} albums are called “${words}”; name one by its id.`);
    return album;
  }

  /** Puts pictures into an album, those that were just sent once the gallery has seen them; returns how many it didn’t take. */
  async add({ id }: Album, images: readonly string[]): Promise<number> {
    let left = images;
    for (let round = 0; ; round++) {
      const refused: string[] = [];
      for (let at = 0; at < left.length; at += IDS_PER_REQUEST) {
        const ids = left.slice(at, at + IDS_PER_REQUEST);
        refused.push(...(await this.#put(id, ids)));
      }
      left = refused;
      if (left.length === 0 || round === ROUNDS) return left.length;
      await sleep(FIRST_WAIT_MS * 2 ** round, undefined, { signal: this.#gallery.signal });
    }
  }

  async #put(album_id: string, ids: string[]): Promise<string[]> {
    const call = { params: { path: { album_id } }, body: { ids } };
    const put = () => expectData(this.#gallery.api.PUT('/api/albums/{album_id}/images', call));
    const { results } = await this.#gallery.withRetry(put);
    return results.filter(({ status }) => status >= 300).map((result) => result.id);
  }
}
