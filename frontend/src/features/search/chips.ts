import { namesIn, type FilterName, type Filters } from '@/shared/pictures/filters';

/** One filter as people see it, and the names of those that go with it. */
export interface Chip {
  readonly text: string;
  readonly names: readonly FilterName[];
}

/** Filters in words: the days as one. `called` says what people and albums are called. */
export function chipsOf(filters: Filters, called: Readonly<Record<string, string>> = {}): Chip[] {
  const { from, to } = filters;
  const days: readonly Chip[] = (from ?? to) ? [{ text: daysInWords(from, to), names: ['from', 'to'] }] : [];
  const others = namesIn(filters).filter((name) => name !== 'from' && name !== 'to');
  return [
    ...days,
    ...others.map((name) => ({ text: inWords(name, filters[name] ?? '', called), names: [name] })),
  ];
}

function daysInWords(from?: string, to?: string): string {
  if (from === undefined) return `until ${to}`;
  if (to === undefined) return `since ${from}`;
  return from === to ? from : `${from} to ${to}`;
}

function inWords(name: FilterName, value: string, called: Readonly<Record<string, string>>): string {
  switch (name) {
    case 'owner':
      return value === 'me' ? 'mine' : `by ${called[value] ?? value}`;
    case 'album':
      return `in ${called[value] ?? 'an album'}`;
    case 'label':
      return `labelled ${value}`;
    case 'camera':
      return `taken with ${value}`;
    case 'color':
      return `mostly ${value}`;
    case 'favourite':
      return 'my favourites';
    case 'has_place':
      return value === 'true' ? 'with a place' : 'without a place';
    default:
      return value;
  }
}
