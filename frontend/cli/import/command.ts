import { setTimeout as sleep } from 'node:timers/promises';
import { expectData } from '@/api/answers';
import type { Image, Settings } from '@/api/types';
import { Albums } from '../albums';
import { EXIT } from '../exits';
import type { Gallery } from '../gallery';
import { summarise } from '../outcomes';
import type { Terminal } from '../terminal';
import { UploadRun } from '../upload';
import { Archive } from './archive';
import type { OwnAlbum } from './own';
import { Pace } from './pace';
import { planOf, type Plan, type PlannedPicture, type PlanOptions } from './plan';
import { ImportState, keyOfFile } from './state';
import { forecastOf, wordsOfForecast } from './summary';

const ASKED_AGAIN_MS = 60_000;

export interface ImportOptions extends PlanOptions {
  visibility: Image['visibility'];
  jobs: number;
  dryRun: boolean;
  /** Whether each file that is left out is named. */
  details: boolean;
  environment: NodeJS.ProcessEnv;
  /** Asks whether to begin. */
  confirm: () => Promise<boolean>;
}

/** Brings pictures in from elsewhere, with what is known of them. Returns the exit code. */
export async function importPictures(
  gallery: Gallery,
  terminal: Terminal,
  roots: readonly string[],
  options: ImportOptions,
): Promise<number> {
  const settings = await settingsOf(gallery);
  const archive = await Archive.open(roots);
  try {
    terminal.message('Looking at what there is …');
    const plan = await planOf(archive, settings.uploads, options, gallery.signal);
    const state = await ImportState.open(gallery.origin, gallery.person, options.environment);
    const run = new ImportRun(gallery, terminal, settings, state, plan);
    await run.tell(options.details);
    if (options.dryRun) return EXIT.done;
    if (await options.confirm()) return await run.send(options);
    terminal.message('Nothing was sent.');
    return EXIT.someFailed;
  } finally {
    archive.close();
  }
}

/** One import: what is to be done, and what of that was done before. */
class ImportRun {
  readonly #gallery: Gallery;
  readonly #terminal: Terminal;
  readonly #settings: Settings;
  readonly #state: ImportState;
  readonly #plan: Plan;
  readonly #pace: Pace;
  readonly #keys = new Map<string, string>();

  constructor(gallery: Gallery, terminal: Terminal, settings: Settings, state: ImportState, plan: Plan) {
    this.#gallery = gallery;
    this.#terminal = terminal;
    this.#settings = settings;
    this.#state = state;
    this.#plan = plan;
    this.#pace = new Pace(settings.limits, state.sent);
    this.#pace.allowed = settings.limits.allowance?.pictures ?? 0;
    for (const { name, size, version } of plan.pictures) this.#keys.set(name, keyOfFile(name, size, version));
  }

  get #todo(): PlannedPicture[] {
    return this.#plan.pictures.filter(({ name }) => this.#idOf(name) === undefined);
  }

  #idOf(name: string): string | undefined {
    return this.#state.find(this.#keys.get(name) ?? '');
  }

  /** Says what will be done, and names what will not where that is asked for. */
  async tell(details: boolean): Promise<void> {
    const done = this.#plan.pictures.length - this.#todo.length;
    const forecast = forecastOf(this.#plan, done, this.#pace, this.#settings.limits);
    const lines = this.#terminal.json ? [''] : wordsOfForecast(forecast).split('\n');
    for (const line of lines) await this.#terminal.result({ plan: forecast }, line);
    if (!details) return;
    for (const file of this.#plan.left)
      await this.#terminal.result(
        file,
        `${file.reason.padEnd(8)} ${[file.name, file.detail ?? ''].join('  ').trim()}`,
      );
    for (const { name, detail } of this.#plan.unreadable)
      await this.#terminal.result({ name, reason: 'unreadable', detail }, `unread   ${name}  ${detail}`);
  }

  /** Sends what was not sent before, at the gallery's pace. */
  async send({ visibility, jobs }: ImportOptions): Promise<number> {
    const todo = this.#todo;
    const run = new UploadRun(
      this.#gallery,
      this.#terminal,
      null,
      this.#settings,
      {
        visibility,
        jobs,
        wait: false,
        admit: (count) => this.#admit(count),
        spare: (count) => this.#pace.giveBack(count),
        arrived: (file, id, sent) => this.#state.note(this.#keys.get(file) ?? file, id, sent),
      },
      todo.length,
    );
    try {
      await run.send(todo);
      await this.#fillAlbums();
    } finally {
      this.#terminal.finish();
      this.#terminal.message(summarise(run.outcomes));
    }
    const failed = run.outcomes.some(({ status }) => status === 'failed' || status === 'rejected');
    return failed || this.#plan.unreadable.length > 0 ? EXIT.someFailed : EXIT.done;
  }

  /** Puts each picture, also those of an import before, into the albums that it was in elsewhere. */
  async #fillAlbums(): Promise<void> {
    const own = this.#plan.own;
    const arranged = new Set(own.map(({ title }) => title));
    const all = new Set(this.#plan.pictures.flatMap(({ albums }) => albums));
    const titles = [...all].filter((title) => !arranged.has(title));
    const albums = titles.length + own.length > 0 ? await Albums.open(this.#gallery) : null;
    if (albums === null) return;
    const taken = new Set<string>();
    for (const album of own) taken.add(await this.#arrange(albums, album, taken));
    for (const title of titles) {
      const members = this.#plan.pictures.filter((picture) => picture.albums.includes(title));
      const ids = members.map(({ name }) => this.#idOf(name)).filter((id) => id !== undefined);
      if (ids.length === 0) continue;
      this.#regret(title, await albums.add(await albums.named(title, this.#plan.albums.get(title)), ids));
    }
  }

  /** Makes an album of a gallery's export again, with its pictures in their order, and its cover; returns its id. */
  async #arrange(albums: Albums, exported: OwnAlbum, taken: ReadonlySet<string>): Promise<string> {
    const names = new Map(this.#plan.pictures.map(({ id, name }) => [id, name]));
    const idOf = (exportedId: string) => this.#idOf(names.get(exportedId) ?? '');
    const ids = exported.pictures.map(idOf).filter((id) => id !== undefined);
    const key = `album ${exported.id}`;
    const album = await albums.looking(exported, this.#state.find(key), taken);
    await this.#state.note(key, album.id, false);
    this.#regret(exported.title, await albums.arrange(album, [...new Set(ids)]));
    const cover = exported.cover === null ? undefined : idOf(exported.cover);
    if (cover !== undefined && album.cover?.id !== cover) await albums.cover(album, cover);
    return album.id;
  }

  #regret(title: string, refused: number): void {
    if (refused > 0)
      this.#terminal.message(`${refused} pictures of “${title}” could not be put into that album.`);
  }

  /** Waits while captioning is paused, and until there is room for more pictures; returns for how many. */
  async #admit(count: number): Promise<number> {
    for (let announced = false; ; announced = true) {
      const { pause, limits } = await settingsOf(this.#gallery);
      this.#pace.allowed = limits.allowance?.pictures ?? 0;
      if (pause === null) break;
      if (!announced)
        this.#terminal.message(`The gallery takes a break, and the import with it. ${pause.reason}`);
      await sleep(ASKED_AGAIN_MS, undefined, { signal: this.#gallery.signal });
    }
    return this.#pace.take(count, this.#gallery.signal, (until) => {
      const clock = new Date(until).toLocaleString('en', {
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
      });
      this.#terminal.message(`Keeping below the gallery’s limits; going on ${clock}.`);
    });
  }
}

function settingsOf(gallery: Gallery): Promise<Settings> {
  return gallery.withRetry(() => expectData(gallery.api.GET('/api/settings')));
}
