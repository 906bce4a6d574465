import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Image } from '@/api/types';
import { UsageError } from './exits';
import type { Choice } from './pictures';

export const COMMANDS = [
  'login',
  'logout',
  'upload',
  'import',
  'list',
  'search',
  'delete',
  'download',
  'export',
  'album',
  'share',
] as const;
export type CommandName = (typeof COMMANDS)[number];

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;
const EVERYWHERE = { url: TEXT, json: FLAG, help: FLAG, version: FLAG };
const OF_COMMAND: Record<CommandName, NonNullable<ParseArgsConfig['options']>> = {
  login: {},
  logout: {},
  upload: { wait: FLAG, private: FLAG, public: FLAG, jobs: TEXT },
  import: {
    'dry-run': FLAG,
    yes: FLAG,
    albums: FLAG,
    zone: TEXT,
    details: FLAG,
    public: FLAG,
    private: FLAG,
    jobs: TEXT,
  },
  list: { label: TEXT, owner: TEXT, status: TEXT, limit: TEXT },
  search: { 'min-score': TEXT, limit: TEXT },
  delete: { yes: FLAG },
  export: { to: TEXT, jobs: TEXT },
  album: { description: TEXT, public: FLAG, private: FLAG },
  share: {
    mode: TEXT,
    days: TEXT,
    password: FLAG,
    downloads: TEXT,
    place: FLAG,
    'no-review': FLAG,
    name: TEXT,
  },
  download: { all: FLAG, label: TEXT, owner: TEXT, to: TEXT, jobs: TEXT },
};

const STATUSES: readonly string[] = ['pending', 'captioned', 'failed'] satisfies Image['status'][];
const IMAGE_ID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** What was typed: the command, null for none, with its operands and options. */
export interface Typed {
  command: CommandName | null;
  operands: string[];
  options: Readonly<Record<string, unknown>>;
}

/** Reads a command line without the program's own name; raises UsageError where it makes no sense. */
export function parse(words: readonly string[]): Typed {
  const [first, ...rest] = words;
  const command = COMMANDS.find((name) => name === first) ?? null;
  if (command === null && first !== undefined && !first.startsWith('-'))
    throw new UsageError(`There is no command “${first}”.`);
  const options = { ...EVERYWHERE, ...(command && OF_COMMAND[command]) };
  try {
    const { values, positionals } = parseArgs({
      args: command === null ? [...words] : rest,
      options,
      allowPositionals: command !== null,
    });
    return { command, operands: positionals, options: values };
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s/); // the rest is about something rare
    throw new UsageError(`${sentence}.`);
  }
}

/** Returns an option's text, or undefined. */
export function textOf({ options }: Typed, name: string): string | undefined {
  const value = options[name];
  if (value === '') throw new UsageError(`--${name} is empty.`);
  return typeof value === 'string' ? value : undefined;
}

/** Returns an option's number, which has to be a whole one within bounds. */
export function countOf(typed: Typed, name: string, least: number, most: number): number | undefined {
  const text = textOf(typed, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) < least || Number(text) > most)
    throw new UsageError(`--${name} is a whole number from ${least} to ${most}.`);
  return Number(text);
}

/** Returns an option's number from 0 to 1. */
export function shareOf(typed: Typed, name: string): number | undefined {
  const text = textOf(typed, name);
  if (text === undefined) return undefined;
  if (!/^(0?\.\d+|[01](\.0*)?|0\.\d*)$/.test(text))
    throw new UsageError(`--${name} is a number from 0 to 1.`);
  return Number(text);
}

/** Returns an option's word, which has to be one of some. */
export function wordOf<Word extends string>(
  typed: Typed,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const text = textOf(typed, name);
  const word = words.find((known) => known === text);
  if (text !== undefined && word === undefined) throw new UsageError(`--${name} is ${words.join(', ')}.`);
  return word;
}

/** Returns which pictures the options choose. */
export function choiceOf(typed: Typed): Choice {
  const choice: Choice = {};
  const label = textOf(typed, 'label');
  const owner = textOf(typed, 'owner');
  const status = textOf(typed, 'status');
  if (status !== undefined && !STATUSES.includes(status))
    throw new UsageError(`--status is ${STATUSES.join(', ')}.`);
  if (label !== undefined) choice.label = label;
  if (owner !== undefined) choice.owner = owner;
  if (status !== undefined) choice.status = status as Image['status'];
  if (Object.keys(choice).length > 1) throw new UsageError('Use only one of --label, --owner and --status.');
  return choice;
}

/** Returns each id once; raises UsageError for what is none. */
export function idsOf(words: readonly string[]): string[] {
  const wrong = words.find((word) => !IMAGE_ID.test(word));
  if (wrong !== undefined) throw new UsageError(`“${wrong}” is no id of a picture.`);
  return [...new Set(words)];
}
