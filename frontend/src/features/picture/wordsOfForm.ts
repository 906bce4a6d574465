import type { Image, ImageChange } from '@/api/types';
import { isDated, placeIn, writtenPlace } from '@/shared/pictures/taken';

/** How one thing that its owner says of a picture is written in the form. */
interface FieldOfForm {
  readonly name: string;
  /** Writes down what is said of a picture. */
  readonly write: (image: Image) => string;
  /** Returns the same text for all that mean the same, such as without the spaces around it. */
  readonly tidy: (text: string) => string;
  /** Returns what a tidy text, which is not empty, asks the gallery for. */
  readonly read: (text: string) => ImageChange;
  /** What an empty one asks for. */
  readonly none: ImageChange;
}

/** What can be written of a picture, in the order of the form. */
export const FIELDS = {
  title: {
    name: 'Title',
    write: ({ title }) => title ?? '',
    tidy: trimmed,
    read: (title) => ({ title }),
    none: { title: null },
  },
  description: {
    name: 'Description',
    write: ({ description }) => description ?? '',
    tidy: trimmed,
    read: (description) => ({ description }),
    none: { description: null },
  },
  taken: {
    name: 'Date and time',
    write: (image) => (isDated(image) ? image.taken_at.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length) : ''),
    // A browser leaves out seconds that are none.
    tidy: (text) => (text.length === 'YYYY-MM-DDTHH:MM'.length ? `${text}:00` : text),
    read: (taken_at) => ({ taken_at }),
    none: { taken_at: null },
  },
  offset: {
    name: 'Offset from UTC',
    write: (image) => (isDated(image) ? (image.taken_offset ?? '') : ''),
    tidy: trimmed,
    read: (taken_offset) => ({ taken_offset }),
    none: { taken_offset: null },
  },
  place: {
    name: 'Place',
    write: ({ location }) => (location ? writtenPlace(location) : ''),
    tidy: (text) => {
      const place = placeIn(text);
      return place ? writtenPlace(place) : text.trim();
    },
    read: (text) => ({ location: placeIn(text) }),
    none: { location: null },
  },
  attribution: {
    name: 'Attribution',
    write: ({ attribution }) => attribution ?? '',
    tidy: trimmed,
    read: (attribution) => ({ attribution }),
    none: { attribution: null },
  },
  labels: {
    name: 'Labels',
    // The model's labels are nobody's words.
    write: ({ labels }) =>
      labels
        .filter(({ source }) => source === 'owner')
        .map(({ label }) => label)
        .join(', '),
    tidy: (text) => labelsIn(text).join(', '),
    read: (text) => ({ labels: labelsIn(text) }),
    none: { labels: null },
  },
} as const satisfies Record<string, FieldOfForm>;

export type Field = keyof typeof FIELDS;

/** What is written in the form about a picture; labels are separated by commas. */
export type Written = Readonly<Record<Field, string>>;

const NAMES = Object.keys(FIELDS) as Field[];

/** Writes down all that is said of a picture. */
export function writtenOf(image: Image): Written {
  return Object.fromEntries(NAMES.map((field) => [field, FIELDS[field].write(image)])) as Written;
}

/** Returns what has been changed in the form; nothing left of a text or of the corrections is null. */
export function changeOf(image: Image, written: Written): ImageChange {
  const change: ImageChange = {};
  for (const field of changedFields(image, written)) {
    const { tidy, read, none } = FIELDS[field];
    const text = tidy(written[field]);
    Object.assign(change, text === '' ? none : read(text));
  }
  // Without a clock an offset says nothing.
  if (change.taken_at === null) delete change.taken_offset;
  return change;
}

export function labelsIn(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function trimmed(text: string): string {
  return text.trim();
}

/** Returns the fields that were written here, and otherwise by somebody else since the picture was seen. */
export function clashingFields(base: Image, now: Image, mine: Written): Field[] {
  return changedFields(base, mine).filter((field) => {
    const [before, theirs] = [same(field, writtenOf(base)), same(field, writtenOf(now))];
    return theirs !== before && theirs !== same(field, mine);
  });
}

/** Lays what was written here over a picture as somebody else has left it, but for the fields where theirs is to stay. */
export function laidOver(base: Image, now: Image, mine: Written, theirs: ReadonlySet<Field>): Written {
  const kept = changedFields(base, mine).filter((field) => !theirs.has(field));
  return { ...writtenOf(now), ...Object.fromEntries(kept.map((field) => [field, mine[field]])) };
}

function changedFields(base: Image, mine: Written): Field[] {
  const before = writtenOf(base);
  return NAMES.filter((field) => same(field, mine) !== same(field, before));
}

/** Returns what a field says, however it is written. */
function same(field: Field, { [field]: text }: Written): string {
  return FIELDS[field].tidy(text);
}
