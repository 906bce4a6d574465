import type { Image } from '@/api/types';
import type { TicketFields } from '../folder';
import type { Location, Taken } from './clock';

/** What another program knew of a picture. */
export interface Facts {
  /** What a gallery's own export calls it, by which its albums name it. */
  id?: string | undefined;
  /** What the file was called before it was archived. */
  filename?: string | undefined;
  title?: string | undefined;
  description?: string | undefined;
  attribution?: string | undefined;
  taken?: Taken | undefined;
  /** When its file was modified (RFC 3339), where nothing else dates it. */
  modified?: string | undefined;
  location?: Location | undefined;
  keywords?: readonly string[] | undefined;
  /** From 0 to 5 stars. */
  rating?: number | undefined;
  favourite?: boolean | undefined;
  archived?: boolean | undefined;
  trashed?: boolean | undefined;
  /** It was kept behind a lock: it is private and archived, whatever else is said. */
  locked?: boolean | undefined;
  visibility?: Image['visibility'] | undefined;
  captionHidden?: boolean | undefined;
  /** The titles of the albums that it is in. */
  albums?: readonly string[] | undefined;
}

const MOST_LABELS = 10;
const LONGEST = { name: 255, title: 200, attribution: 1000, description: 2000, label: 60 };
const STARS_OF_FAVOURITES = 5;

/** Joins what is known of the same picture from several places; of two answers to one question the first counts. */
export function joined(all: readonly Facts[]): Facts {
  const known = (facts: Facts) =>
    Object.entries(facts).filter(([, value]) => value !== undefined && value !== '');
  const one = Object.fromEntries(all.toReversed().flatMap(known)) as Facts;
  const some = (name: 'favourite' | 'archived' | 'locked') => all.some((facts) => facts[name] === true);
  return {
    ...one,
    keywords: unique(all.flatMap(({ keywords = [] }) => keywords)),
    albums: unique(all.flatMap(({ albums = [] }) => albums)),
    favourite: some('favourite'),
    archived: some('archived'),
    locked: some('locked'),
    // What lies in an album as well is not in the trash of whoever made that.
    trashed: all.length > 0 && all.every(({ trashed = false }) => trashed),
  };
}

/** Returns what a ticket says of a picture; keywords beyond the ten that may be labels go into the description. */
export function ticketOf(facts: Facts, taken: TicketFields): TicketFields {
  const { filename, title, attribution, location, rating = 0, locked } = facts;
  const keywords = unique((facts.keywords ?? []).map(line).filter((word) => word !== ''));
  const labels = keywords.filter((word) => lengthOf(word) <= LONGEST.label).slice(0, MOST_LABELS);
  const more = keywords.filter((word) => !labels.includes(word));
  return {
    ...(filename && { name: cut(line(filename), LONGEST.name) }),
    ...(title && { title: cut(line(title), LONGEST.title) }),
    ...(attribution && { attribution: cut(lines(attribution), LONGEST.attribution) }),
    ...describedBy(lines(facts.description ?? ''), more),
    ...(location && { location }),
    ...(labels.length > 0 && { labels }),
    ...((facts.favourite === true || rating >= STARS_OF_FAVOURITES) && { favourite: true }),
    ...((facts.archived === true || locked) && { archived: true }),
    ...(facts.captionHidden && { caption_hidden: true }),
    ...(facts.visibility && { visibility: facts.visibility }),
    ...(locked && { visibility: 'private' as const }),
    ...(facts.modified && { modified_at: facts.modified }),
    ...taken,
  };
}

function describedBy(description: string, keywords: readonly string[]): Pick<TicketFields, 'description'> {
  if (keywords.length === 0)
    return description === '' ? {} : { description: cut(description, LONGEST.description) };
  const tail = cut(`Keywords: ${keywords.join(', ')}`, LONGEST.description);
  const room = LONGEST.description - lengthOf(tail) - 2;
  return { description: description === '' || room <= 0 ? tail : `${cut(description, room)}\n\n${tail}` };
}

/** What turns the direction of a text (Unicode's Bidi_Control), which a gallery refuses. */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Returns words of another program as one line that a gallery takes. */
function line(words: string): string {
  return words
    .toWellFormed()
    .replace(TURNING, '')
    .replace(/[\p{Control}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/** Likewise, but keeps the ends of lines. */
function lines(words: string): string {
  const unified = words
    .toWellFormed()
    .replace(TURNING, '')
    .replace(/\r\n?|[\p{Zl}\p{Zp}]/gu, '\n');
  return unified.replace(/(?!\n)\p{Control}/gu, ' ').trim();
}

/** Returns the first characters, as the gallery counts them: an emoji is one. */
function cut(words: string, most: number): string {
  return Array.from(words).slice(0, most).join('').trim();
}

function lengthOf(words: string): number {
  return Array.from(words).length;
}

/** Returns each word once, whatever its case. */
function unique(words: readonly string[]): string[] {
  return [...new Map(words.toReversed().map((word) => [word.toLowerCase(), word])).values()].toReversed();
}
