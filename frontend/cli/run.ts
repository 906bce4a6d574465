import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { NewLink } from '@/api/types';
import { deletePictures, deletionOf } from './delete';
import { download, type Selection } from './download';
import { EXIT, exitFor, sentenceOf, UsageError } from './exits';
import { changeAlbum, createAlbum, listAlbums, showAlbum } from './album';
import { fixedToken } from './credentials';
import { Gallery, originOf } from './gallery';
import { exportPictures } from './export/command';
import { HELP } from './help';
import { isZone } from './import/clock';
import { importPictures } from './import/command';
import { Journal, journalPath } from './journal';
import { list, search } from './list';
import { login, logout } from './login';
import { choiceOf, countOf, idsOf, parse, shareOf, textOf, wordOf, type Typed } from './options';
import { Prompt } from './prompt';
import { Session } from './session';
import { endLink, listLinks, makeLink } from './share';
import { printable, Terminal, type Outlet } from './terminal';
import { upload } from './upload';

/** What surrounds a command. */
export interface Surroundings {
  environment: NodeJS.ProcessEnv;
  input: Readable & { isTTY?: boolean };
  output: Outlet;
  errors: Outlet;
  version: string;
  /** Aborted when whoever started the command wants it to stop. */
  stop: AbortSignal;
}

const JOBS = 6;
const MOST_JOBS = 16;
const MOST_LISTED = 1_000_000;
const MOST_SEARCHED = 500;
const MOST_DAYS = 3650;

/** Does what the words of a command line say, and returns the exit code. */
export async function run(words: readonly string[], around: Surroundings): Promise<number> {
  try {
    const typed = parse(words);
    if (typed.options.version === true) return print(around, around.version);
    if (typed.options.help === true || words.length === 0) return print(around, HELP);
    return await perform(typed, around);
  } catch (error) {
    if (around.stop.aborted || (error instanceof Error && error.name === 'AbortError')) {
      around.errors.write('Stopped. The same command goes on from here.\n');
      return EXIT.interrupted;
    }
    around.errors.write(`gallery: ${printable(sentenceOf(error))}\n`);
    if (error instanceof UsageError) around.errors.write('“gallery --help” tells what can be typed.\n');
    return exitFor(error);
  }
}

async function perform(typed: Typed, around: Surroundings): Promise<number> {
  const { environment, output, errors, stop } = around;
  const address = textOf(typed, 'url') ?? settingOf(environment.GALLERY_URL) ?? 'http://localhost:8080';
  const origin = originOf(address, false);
  const session = await Session.open(origin, environment);
  const variable = settingOf(environment.GALLERY_TOKEN);
  const signsIn = typed.command === 'login' || typed.command === 'logout';
  const credentials = variable === undefined ? session.credentials : fixedToken(variable);
  const gallery = new Gallery(address, signsIn ? null : credentials, stop);
  const terminal = new Terminal(output, errors, typed.options.json === true);
  gallery.onWait = (seconds) => {
    const until = new Date(Date.now() + seconds * 1000).toLocaleTimeString('en', { timeStyle: 'short' });
    terminal.message(`The hour’s limit is reached; going on at ${until}.`);
  };
  switch (typed.command) {
    case 'login':
      return performLogin(typed, around, gallery, terminal, session);
    case 'logout':
      none(typed);
      return logout(terminal, session);
    case 'upload':
      return performUpload(typed, around, gallery, terminal);
    case 'import':
      return performImport(typed, around, gallery, terminal);
    case 'list':
      none(typed);
      return list(gallery, terminal, choiceOf(typed), countOf(typed, 'limit', 1, MOST_LISTED) ?? 100);
    case 'search':
      return performSearch(typed, gallery, terminal);
    case 'delete':
      return performDelete(typed, around, gallery, terminal);
    case 'download':
      return performDownload(typed, around, gallery, terminal);
    case 'export':
      none(typed);
      return exportPictures(
        gallery,
        terminal,
        exportFolder(typed),
        countOf(typed, 'jobs', 1, MOST_JOBS) ?? JOBS,
      );
    case 'album':
      return performAlbum(typed, around, gallery, terminal);
    case 'share':
      return performShare(typed, around, gallery, terminal);
    case null:
      throw new UsageError('Which command?');
  }
}

async function performLogin(
  { operands: [address, ...surplus] }: Typed,
  { input, errors, stop }: Surroundings,
  gallery: Gallery,
  terminal: Terminal,
  session: Session,
): Promise<number> {
  if (surplus.length > 0) throw new UsageError('One address is enough.');
  originOf(gallery.origin, true);
  const prompt = new Prompt(input, errors, stop);
  try {
    return await login(gallery, terminal, session, prompt, address);
  } finally {
    prompt.close();
  }
}

async function performUpload(
  typed: Typed,
  { environment }: Surroundings,
  gallery: Gallery,
  terminal: Terminal,
): Promise<number> {
  if (typed.operands.length === 0) throw new UsageError('Which folder?');
  const options = {
    visibility: visibilityOf(typed, gallery),
    wait: typed.options.wait === true,
    jobs: countOf(typed, 'jobs', 1, MOST_JOBS) ?? JOBS,
  };
  const journal = await Journal.open(journalPath(gallery.origin, environment)).catch((error: unknown) => {
    terminal.message(`What is sent can’t be noted for another time: ${sentenceOf(error)}`);
    return null;
  });
  return upload(gallery, terminal, journal, typed.operands, options);
}

function exportFolder(typed: Typed): string {
  const folder = textOf(typed, 'to');
  if (folder === undefined) throw new UsageError('Where to? --to names the folder.');
  return folder;
}

async function confirmed(question: string, { input, errors, stop }: Surroundings): Promise<boolean> {
  const prompt = new Prompt(input, errors, stop);
  try {
    return await prompt.confirm(question);
  } finally {
    prompt.close();
  }
}

/** Returns who shall see pictures; what nobody owns can only be public. */
function visibilityOf({ options }: Typed, gallery: Gallery): 'private' | 'public' {
  if (options.private === true && options.public === true)
    throw new UsageError('Use only one of --private and --public.');
  const hidden = options.private === true || (options.public !== true && gallery.isSignedIn);
  return hidden ? 'private' : 'public';
}

function performImport(
  typed: Typed,
  around: Surroundings,
  gallery: Gallery,
  terminal: Terminal,
): Promise<number> {
  if (typed.operands.length === 0) throw new UsageError('Which folder or archive?');
  const zone = textOf(typed, 'zone') ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!isZone(zone)) throw new UsageError(`“${zone}” is no time zone; Europe/Berlin would be one.`);
  const { environment } = around;
  return importPictures(gallery, terminal, typed.operands, {
    visibility: visibilityOf(typed, gallery),
    jobs: countOf(typed, 'jobs', 1, MOST_JOBS) ?? JOBS,
    dryRun: typed.options['dry-run'] === true,
    folders: typed.options.albums === true,
    details: typed.options.details === true,
    zone,
    environment,
    confirm: () => (typed.options.yes === true ? Promise.resolve(true) : confirmed('Import them?', around)),
  });
}

function performSearch(typed: Typed, gallery: Gallery, terminal: Terminal): Promise<number> {
  const words = typed.operands.join(' ').trim();
  if (words === '') throw new UsageError('What to search for?');
  const most = countOf(typed, 'limit', 1, MOST_SEARCHED) ?? 24;
  return search(gallery, terminal, words, shareOf(typed, 'min-score'), most);
}

async function performDelete(
  typed: Typed,
  around: Surroundings,
  gallery: Gallery,
  terminal: Terminal,
): Promise<number> {
  const ids = await idsAsked(typed, around);
  if (ids.length === 0) throw new UsageError('Which pictures?');
  const sure = typed.options.yes === true || (await confirmed(deletionOf(ids.length), around));
  if (sure) return deletePictures(gallery, terminal, ids);
  terminal.message('Nothing was deleted.');
  return EXIT.someFailed;
}

async function performDownload(
  typed: Typed,
  around: Surroundings,
  gallery: Gallery,
  terminal: Terminal,
): Promise<number> {
  const selection = await pictures(typed, around);
  const jobs = countOf(typed, 'jobs', 1, MOST_JOBS) ?? JOBS;
  return download(gallery, terminal, selection, textOf(typed, 'to') ?? '.', jobs);
}

async function pictures(typed: Typed, around: Surroundings): Promise<Selection> {
  const ids = await idsAsked(typed, around);
  const choice = choiceOf(typed);
  const chosen = Object.keys(choice).length > 0;
  const jobsOf = [ids.length > 0, typed.options.all === true, chosen].filter(Boolean).length;
  if (jobsOf !== 1)
    throw new UsageError('Which pictures? Name ids, --all, --label or --owner, one of these.');
  return ids.length > 0 ? { ids } : { choice };
}

async function performAlbum(
  typed: Typed,
  around: Surroundings,
  gallery: Gallery,
  terminal: Terminal,
): Promise<number> {
  const [act, album = '', ...rest] = typed.operands;
  if (act === 'list' && album === '') return listAlbums(gallery, terminal);
  if (!['create', 'show', 'add', 'remove'].includes(act ?? ''))
    throw new UsageError('An album is to be listed (list), made (create), shown, or changed (add, remove).');
  if (album === '') throw new UsageError('Which album?');
  if (act === 'add' || act === 'remove') {
    const ids = await idsAsked({ ...typed, operands: rest }, around);
    if (ids.length === 0) throw new UsageError('Which pictures?');
    return changeAlbum(gallery, terminal, act, album, ids);
  }
  none({ ...typed, operands: rest });
  if (act === 'show') return showAlbum(gallery, terminal, album);
  const visibility = typed.options.public === true ? 'public' : 'private';
  return createAlbum(gallery, terminal, album, {
    description: textOf(typed, 'description') ?? null,
    visibility,
  });
}

async function performShare(
  typed: Typed,
  around: Surroundings,
  gallery: Gallery,
  terminal: Terminal,
): Promise<number> {
  const [act, album, link, ...rest] = typed.operands;
  if (!['make', 'list', 'end'].includes(act ?? ''))
    throw new UsageError('A link is to be made (make), listed (list) or ended (end).');
  if (album === undefined) throw new UsageError('Which album?');
  none({ ...typed, operands: rest });
  if (act === 'end') {
    if (link === undefined) throw new UsageError('Which link? “gallery share list” tells their ids.');
    return endLink(gallery, terminal, album, link);
  }
  none({ ...typed, operands: link === undefined ? [] : [link] });
  if (act === 'list') return listLinks(gallery, terminal, album);
  return makeLink(gallery, terminal, album, await linkAsked(typed, around));
}

/** Returns the link that the options describe; its password is asked for, since others can read a command's words. */
async function linkAsked(typed: Typed, { input, errors, stop }: Surroundings): Promise<Partial<NewLink>> {
  const days = countOf(typed, 'days', 1, MOST_DAYS);
  const prompt = new Prompt(input, errors, stop);
  try {
    return {
      mode: wordOf(typed, 'mode', ['view', 'view_and_add', 'add_only']) ?? 'view',
      downloads: wordOf(typed, 'downloads', ['none', 'renditions', 'originals']) ?? 'renditions',
      place: typed.options.place === true,
      review: typed.options['no-review'] !== true,
      name: textOf(typed, 'name') ?? null,
      expires_in: days === undefined ? null : days * 24 * 3600,
      password: typed.options.password === true ? await prompt.askSecretly('Password: ') : null,
    };
  } finally {
    prompt.close();
  }
}

/** Returns the ids that were typed, or come from the standard input where “-” was. */
async function idsAsked({ operands }: Typed, { input }: Surroundings): Promise<string[]> {
  const piped = operands.length === 1 && operands[0] === '-';
  return idsOf(piped ? (await text(input)).split(/\s+/).filter((word) => word !== '') : operands);
}

/** A variable that is set to nothing counts as not set. */
function settingOf(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function none({ operands: [surplus] }: Typed): void {
  if (surplus !== undefined) throw new UsageError(`What is “${surplus}” for?`);
}

function print({ output }: Surroundings, words: string): number {
  output.write(`${words}\n`);
  return EXIT.done;
}
