import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type { Image, Settings } from '@/api/types';
import { run } from './run';

/** A new folder for a test. */
export function folder(): string {
  return mkdtempSync(join(tmpdir(), 'gallery-'));
}

/** The smallest PNG there is of each number: the first bytes that make it a picture, and the number. */
export function png(number: number): Buffer {
  const head = '89504e470d0a1a0a0000000d4948445200000001000000010802000000';
  return Buffer.concat([Buffer.from(head, 'hex'), Buffer.from(`0000000049444154${number}`)]);
}

/** Returns the id of the picture of a number. */
export function idOf(number: number): string {
  return `01KAGVQ2W3M8Y6Z5T4R7N9${String(number).padStart(4, '0')}`;
}

export function hash(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

interface StoredPicture {
  image: Pick<Image, 'id' | 'filename' | 'status' | 'caption' | 'size' | 'sha256'> & {
    failure: unknown;
  } & Partial<Pick<Image, 'archived' | 'trashed_at'>>;
  content: Buffer;
}

/** A call that the gallery or its storage has heard. */
interface ReceivedCall {
  call: string;
  authorization: string | undefined;
  body: Buffer;
}

/** A gallery in memory that behaves as the contract says, and its storage, on one port each. */
export class TestGallery {
  readonly received: ReceivedCall[] = [];
  readonly pictures = new Map<string, StoredPicture>();
  /** What to answer to the next calls instead, by status. */
  readonly failures: number[] = [];
  /** How many tickets it still gives in this hour; the next hour begins with the first call that it refuses. */
  room = Infinity;
  /** How it takes what is uploaded. */
  arrivesAs: Image['status'] = 'captioned';
  /** What else happens at a call. */
  onCall: (call: string) => void = () => undefined;
  /** Changes what comes to be downloaded, to see what becomes of damage. */
  distort = (content: Buffer): Buffer => content;
  /** What a search finds, best first, one on a page: the number of a picture, its score and a reason. */
  matches: [number, number, string][] = [];
  /** What the searched words may have meant besides. */
  corrected: string | undefined;
  /** What it says of itself. */
  readonly settings = structuredClone(SETTINGS);
  /** Its albums by their titles, each with its pictures; null where it knows of none. */
  albums: Map<string, { description?: string; images: string[] }> | null = null;
  /** Of which files it takes nothing that is said. */
  refuse: (file: { name: string }) => boolean = () => false;
  /** What is downloaded is called, where it isn't the original. */
  renditionName: string | undefined;
  /** What an original is called that is downloaded, where it isn’t as it came. */
  downloadName: string | undefined;
  #api!: Server;
  #storage!: Server;
  #tickets = 0;

  async open(): Promise<void> {
    // Whoever asks may be stopped in the middle of it.
    const gone = (response: ServerResponse) => () => void response.destroy();
    this.#api = await listening((request, response) => {
      this.#answer(request, response).catch(gone(response));
    });
    this.#storage = await listening((request, response) => {
      this.#store(request, response).catch(gone(response));
    });
    this.url = addressOf(this.#api);
  }

  /** Where it is, or was. */
  url = '';

  close(): void {
    for (const server of [this.#api, this.#storage]) {
      server.close();
      server.closeAllConnections();
    }
  }

  /** Puts a picture into the gallery. */
  add(
    number: number,
    filename: string,
    content = png(number),
    status: Image['status'] = 'captioned',
  ): string {
    const id = idOf(number);
    const image = { id, filename, caption: `Picture ${number}`, size: content.length, sha256: hash(content) };
    this.pictures.set(id, { image: { ...image, status, failure: null }, content });
    return id;
  }

  calls(name: string): ReceivedCall[] {
    return this.received.filter(({ call }) => call.startsWith(name));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    const [status, document] = await this.#respond(`${request.method ?? ''} ${url.pathname}`, url, request);
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, {
      'Content-Type': type,
      ...(status === 429 && this.room === 0 && { 'Retry-After': '1' }),
    });
    if (status === 429) this.room = Infinity;
    response.end(document === undefined ? undefined : JSON.stringify(document));
  }

  async #respond(call: string, url: URL, request: IncomingMessage): Promise<[number, unknown?]> {
    const body = await buffer(request);
    this.received.push({ call, authorization: request.headers.authorization, body });
    this.onCall(call);
    const refusal = this.failures.shift();
    if (refusal !== undefined) return [refusal, { status: refusal, detail: `Trouble ${refusal}.` }];
    const id = /^\/api\/images\/(\w+)/.exec(url.pathname)?.[1] ?? '';
    if (call === 'GET /api/settings') return [200, this.settings];
    if (call === 'POST /api/uploads' && this.room === 0) return [429, { status: 429, detail: 'Too many.' }];
    if (call === 'POST /api/uploads' && filesIn(body).some(this.refuse))
      return [422, { status: 422, detail: 'No.' }];
    if (call === 'POST /api/uploads') return [201, { uploads: this.#ticketsFor(body) }];
    if (call === 'GET /api/me') return [200, { pictures: this.pictures.size, bytes: 1000 }];
    if (call === 'GET /api/openapi.json') return [200, { paths: this.albums ? { '/api/albums': {} } : {} }];
    if (call.includes('/api/albums')) return this.#answerOfAlbums(call, body);
    if (call === 'GET /api/search') return [200, this.#search(url.searchParams)];
    if (call === 'GET /api/images') return [200, this.#list(url.searchParams)];
    if (!this.pictures.has(id)) return [404, { status: 404, detail: 'There is no such image.' }];
    if (call.startsWith('GET')) return [200, this.#download(id)];
    this.pictures.delete(id);
    return [204];
  }

  #answerOfAlbums(call: string, body: Buffer): [number, unknown] {
    const albums = this.albums ?? new Map<string, { description?: string; images: string[] }>();
    const look = { description: null, visibility: 'private', order: 'taken', cover: null, version: 1 };
    const shown = (title: string) => ({ id: idOfAlbum(title), title, ...look });
    if (call.includes('/links')) return answerOfLinks(call);
    if (call.startsWith('GET')) return [200, { albums: [...albums.keys()].map(shown), next_cursor: null }];
    const request = JSON.parse(body.toString() || '{}') as {
      title?: string;
      description?: string;
      order?: string;
      ids?: string[];
    };
    const { title = '', description, order = 'taken', ids = [] } = request;
    if (call.endsWith('/order'))
      return [200, { results: ids.map((id) => ({ id, status: this.pictures.has(id) ? 200 : 404 })) }];
    if (call.startsWith('PATCH')) return [200, shown(title)];
    if (call.startsWith('POST')) {
      const name = albums.has(title) ? `${title} (${albums.size})` : title;
      albums.set(name, { ...(description !== undefined && { description }), images: [] });
      return [201, { ...shown(name), title, order }];
    }
    const album = albums.get(Buffer.from(call.split('/')[3] ?? '', 'hex').toString());
    const results = ids.map((id) => ({ id, status: this.pictures.has(id) ? 204 : 404 }));
    if (album && call.startsWith('DELETE')) {
      album.images = album.images.filter((id) => !ids.includes(id));
      return [200, { results }];
    }
    album?.images.push(...ids.filter((id) => this.pictures.has(id) && !album.images.includes(id)));
    return [album ? 200 : 404, { results }];
  }

  #download(id: string): unknown {
    const filename = this.renditionName ?? this.downloadName ?? this.pictures.get(id)?.image.filename;
    const url = `${addressOf(this.#storage)}/${id}`;
    return { url, expires_at: FUTURE, filename, original: this.renditionName === undefined };
  }

  #ticketsFor(body: Buffer): unknown[] {
    return filesIn(body).map(({ name, sha256 }) => {
      const original = [...this.pictures.values()].find(({ image }) => image.sha256 === sha256);
      if (original) return { status: 'duplicate', duplicate_of: original.image.id };
      if (this.room === 0) return { status: 'rejected', code: 'rate_limited', detail: 'Try again later.' };
      this.room -= 1;
      const id = idOf(9000 + this.#tickets++);
      const fields = { key: id, filename: name };
      return { status: 'ready', image_id: id, url: addressOf(this.#storage), fields, expires_at: FUTURE };
    });
  }

  #list(query: URLSearchParams): { images: unknown[]; next_cursor: string | null } {
    const ids = query.get('ids')?.split(',');
    const album = [...(this.albums ?? [])].find(([title]) => idOfAlbum(title) === query.get('album'))?.[1];
    const all = [...this.pictures.values()]
      .map(({ image }) => image)
      .filter(
        ({ archived = false }) => album !== undefined || archived === (query.get('archived') === 'true'),
      )
      .filter(({ trashed_at = null }) => (trashed_at !== null) === (query.get('trashed') === 'true'))
      .filter(({ id }) => album === undefined || album.images.includes(id));
    const from = Number(query.get('cursor') ?? 0);
    const to = from + Number(query.get('limit') ?? 24);
    if (ids) return { images: all.filter(({ id }) => ids.includes(id)), next_cursor: null };
    return { images: all.slice(from, to), next_cursor: to < all.length ? String(to) : null };
  }

  #search(query: URLSearchParams): unknown {
    const from = Number(query.get('cursor') ?? 0);
    const results = this.matches.slice(from, from + 1).map(([number, score, label]) => ({
      image: this.pictures.get(idOf(number))?.image,
      score,
      why: [{ label }, { label }],
    }));
    const next_cursor = from + 1 < this.matches.length ? String(from + 1) : null;
    return { results, next_cursor, floor: 0.1, corrected: this.corrected };
  }

  async #store(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const body = await buffer(request);
    this.received.push({ call: `storage ${method}`, authorization: headers.authorization, body });
    if (method === 'GET') {
      const stored = this.pictures.get((request.url ?? '').slice(1));
      response.writeHead(200, { 'Content-Type': 'image/webp' });
      response.end(this.distort(stored?.content ?? Buffer.alloc(0)));
      return;
    }
    const form = fieldsIn(body, headers['content-type'] ?? '');
    const content = Buffer.from(form.get('file') ?? '', 'latin1');
    this.add(Number(form.get('key')?.slice(-4)), form.get('filename') ?? '', content, this.arrivesAs);
    response.writeHead(204).end();
  }
}

function idOfAlbum(title: string): string {
  return Buffer.from(title).toString('hex');
}

function filesIn(body: Buffer): { name: string; sha256: string }[] {
  return (JSON.parse(body.toString()) as { files: { name: string; sha256: string }[] }).files;
}

/** Reads a form sent as multipart/form-data; every byte is one letter. */
function fieldsIn(body: Buffer, contentType: string): Map<string, string> {
  const parts = body.toString('latin1').split(`--${contentType.split('boundary=')[1] ?? ''}`);
  const fields = parts.map((part) => /name="(\w+)".*?\r\n\r\n(.*)\r\n$/s.exec(part));
  return new Map(fields.filter((field) => field !== null).map(([, name = '', value = '']) => [name, value]));
}

/** Answers calls about the one link there is. */
function answerOfLinks(call: string): [number, unknown] {
  const look = { mode: 'view', name: null, expires_at: null, has_password: false, opened: 3, added: 0 };
  const link = { link_id: 'LINK1', ...look };
  if (call.startsWith('DELETE')) return [204, undefined];
  if (call.startsWith('GET')) return [200, { links: [link] }];
  return [201, { ...link, url: 'https://gallery.example.org/a/T0KEN', token: 'T0KEN' }];
}

const FUTURE = '2999-01-01T00:00:00Z';
const SETTINGS: Pick<Settings, 'model' | 'uploads' | 'pause' | 'limits' | 'identity' | 'export_gb_dollars'> =
  {
    model: 'resnet50',
    export_gb_dollars: null,
    pause: null,
    identity: null,
    limits: {
      uploads_per_hour: null,
      captions_per_hour: null,
      captions_a_day: null,
      allowance: null,
      picture_dollars: null,
    },
    uploads: { types: ['image/png', 'image/jpeg'], endings: ['.jpg'], max_bytes: 1000, max_files: 2 },
  };

async function listening(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a command has said and how it ended. */
export interface Ended {
  code: number;
  printed: string;
  messages: string;
}

interface TypedAround {
  input?: string;
  stop?: AbortSignal;
  /** Whether somebody looks at what it prints. */
  viewer?: boolean;
}

/** Types a command, as somebody without a terminal. */
export async function type(
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  { input = '', stop = new AbortController().signal, viewer = false }: TypedAround = {},
): Promise<Ended> {
  const outlet = () => Object.assign(new PassThrough(), { isTTY: viewer });
  const [output, errors] = [outlet(), outlet()];
  const both = Promise.all([text(output), text(errors)]);
  const state = { XDG_STATE_HOME: folder(), XDG_CONFIG_HOME: folder(), ...environment };
  const surroundings = {
    environment: state,
    input: Readable.from([input]),
    output,
    errors,
    version: '1.2.3',
    stop,
  };
  const code = await run(words, surroundings);
  output.end();
  errors.end();
  const [printed, messages] = await both;
  return { code, printed, messages };
}
