import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'openapi-fetch';
import { expectData } from '@/api/answers';
import type { Gallery } from './gallery';
import { pages } from './pictures';

/** An album as the API shows it, as far as it is asked for here. */
export interface Album {
  id: string;
  title: string;
  description: string | null;
  visibility: 'public' | 'private';
  order: string;
  count: number;
  version: number;
}

interface Result {
  id: string;
  status: number;
  detail?: string;
}

interface Json<Content> {
  headers: Record<string, unknown>;
  content: { 'application/json': Content };
}

/** Calls that only galleries with albums know; whether one does, its OpenAPI document tells. */
interface AlbumPaths {
  '/api/albums': {
    get: {
      parameters: { query: { owner: 'me'; limit: number; cursor?: string } };
      responses: { 200: Json<{ albums: Album[]; next_cursor: string | null }> };
    };
    post: {
      requestBody: { content: { 'application/json': Partial<Album> } };
      responses: { 201: Json<Album> };
    };
  };
  '/api/albums/{album_id}/images': {
    put: {
      parameters: { path: { album_id: string } };
      requestBody: { content: { 'application/json': { ids: string[] } } };
      responses: { 200: Json<{ results: Result[] }> };
    };
  };
}

const IDS_PER_REQUEST = 100;
/** How often pictures are offered to an album that the gallery has not looked at yet. */
const ROUNDS = 6;
const FIRST_WAIT_MS = 1000;

/** One's own albums. */
export class Albums {
  readonly #gallery: Gallery;
  readonly #api: Client<AlbumPaths>;
  readonly #byTitle: Map<string, Album>;

  private constructor(gallery: Gallery, api: Client<AlbumPaths>, albums: readonly Album[]) {
    this.#gallery = gallery;
    this.#api = api;
    // Of several with one title the oldest counts; the newest are listed first.
    this.#byTitle = new Map(albums.map((album) => [album.title, album]));
  }

  /** Lists one's own albums; null where the gallery has none, or nobody is signed in. */
  static async open(gallery: Gallery): Promise<Albums | null> {
    if (!gallery.isSignedIn) return null;
    const { paths } = await gallery.withRetry(() => expectData(gallery.api.GET('/api/openapi.json')));
    if (typeof paths !== 'object' || paths === null || !('/api/albums' in paths)) return null;
    const api = gallery.api as unknown as Client<AlbumPaths>;
    const albums: Album[] = [];
    const list = pages(gallery, Infinity, async (cursor, limit) => {
      const query = { owner: 'me' as const, limit, ...(cursor !== null && { cursor }) };
      const page = await expectData(api.GET('/api/albums', { params: { query } }));
      return { items: page.albums, next_cursor: page.next_cursor };
    });
    for await (const page of list) albums.push(...page);
    return new Albums(gallery, api, albums);
  }

  /** Returns all of them, by their titles. */
  get all(): Album[] {
    return [...this.#byTitle.values()];
  }

  /** Returns the album with a title, made where there is none. */
  async named(title: string, description = ''): Promise<Album> {
    const body = { title, ...(description !== '' && { description }), visibility: 'private' as const };
    const make = () => expectData(this.#api.POST('/api/albums', { body }));
    const album = this.#byTitle.get(title) ?? (await make());
    this.#byTitle.set(title, album);
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
    const put = () => expectData(this.#api.PUT('/api/albums/{album_id}/images', call));
    const { results } = await this.#gallery.withRetry(put);
    return results.filter(({ status }) => status >= 300).map((result) => result.id);
  }
}
