import { useMemo } from 'react';
import { useMatch, useSearchParams } from 'react-router';
import { filtersIn, makeSearch, namesIn, type Filters } from './filters';

/** A list of one's own: favourites, what guests added and waits for an answer, what is archived, and what is in the trash. */
export const SHELF_KINDS = ['favourites', 'review', 'archive', 'trash'] as const;
export type Shelf = (typeof SHELF_KINDS)[number];

/** The order of a list that isn't by when its pictures were taken. */
export type Order = 'added';

/** What the address asks the gallery for: everything, or by owner, label, words or similarity to a picture, an album, or a list of one's own; one thing at a time. */
export type View =
  | { readonly kind: 'all'; readonly order?: Order }
  | { readonly kind: 'owner'; readonly owner: string; readonly order?: Order }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'album'; readonly album: string }
  | { readonly kind: 'shelf'; readonly shelf: Shelf; readonly order?: Order }
  /** By words, filters, or both; `min` is the least score from 0 to 1 that a picture needs to be found. */
  | {
      readonly kind: 'search';
      /** Empty where filters alone are asked for. */
      readonly query: string;
      readonly filters?: Filters | undefined;
      /** Parts of the query that are not to be taken for filters. */
      readonly words?: readonly string[];
      readonly min: number;
      /** Whether no word is taken for another one. */
      readonly verbatim?: true;
    }
  | { readonly kind: 'similar'; readonly id: string };

export const everything: View = { kind: 'all' };

/** Addresses that were sent around before `similar` was its name still work. */
const OLD_NAME_OF_SIMILAR = 'like';

/** Reads a view from an address; what makes no sense there is as if it weren't. */
export function viewIn(parameters: URLSearchParams): View {
  const text = (name: string) => parameters.get(name)?.trim() ?? '';
  const [query, id, label, album, owner] = [
    text('q'),
    text('similar') || text(OLD_NAME_OF_SIMILAR),
    text('label'),
    text('album'),
    text('owner'),
  ];
  const filters = filtersIn(parameters);
  const words = text('words').split(',').filter(Boolean);
  // With an empty `q`, what could be a list as well is a search.
  const narrowed = parameters.has('q') ? namesIn(filters).length > 0 : makeSearch(filters);
  if (query !== '' || narrowed)
    return {
      kind: 'search',
      query,
      min: score(text('min')),
      ...(namesIn(filters).length > 0 && { filters }),
      ...(words.length > 0 && { words }),
      ...(text('verbatim') === 'true' && { verbatim: true }),
    };
  if (id !== '') return { kind: 'similar', id };
  if (label !== '') return { kind: 'label', label };
  if (album !== '') return { kind: 'album', album };
  const order = text('order') === 'added' ? ({ order: 'added' } as const) : {};
  if (owner !== '') return { kind: 'owner', owner, ...order };
  const shelf = SHELF_KINDS.find((name) => name === text('show'));
  return shelf ? { kind: 'shelf', shelf, ...order } : { ...everything, ...order };
}

/** Whether a list can stand in the order in which its pictures were taken, which the gallery counts by month. */
export function hasMonths(view: View): view is View & { kind: 'all' | 'owner' | 'shelf' } {
  return view.kind === 'all' || view.kind === 'owner' || (view.kind === 'shelf' && view.shelf === 'archive');
}

function score(text: string): number {
  const value = Number(text);
  return value >= 0 && value <= 1 ? value : 0;
}

/** The address that shows a view, which anybody can be sent. */
export function addressOf(view: View): string {
  if (view.kind === 'album') return `/albums/${view.album}`;
  const parameters = new URLSearchParams(parametersOf(view));
  return parameters.size === 0 ? '/' : `/?${parameters}`;
}

function parametersOf(view: Exclude<View, { kind: 'album' }>): Record<string, string> {
  switch (view.kind) {
    case 'all':
      return orderOf(view);
    case 'owner':
      return { owner: view.owner, ...orderOf(view) };
    case 'label':
      return { label: view.label };
    case 'shelf':
      return { show: view.shelf, ...orderOf(view) };
    case 'search':
      return {
        ...((view.query !== '' || !makeSearch(view.filters ?? {})) && { q: view.query }),
        ...view.filters,
        ...(view.words && { words: view.words.join(',') }),
        ...(view.min > 0 && { min: String(view.min) }),
        ...(view.verbatim && { verbatim: 'true' }),
      };
    case 'similar':
      return { similar: view.id };
  }
}

function orderOf({ order }: { readonly order?: Order }): Record<string, string> {
  return order ? { order } : {};
}

/** The view that the address asks for. */
export function useView(): View {
  const [parameters] = useSearchParams();
  const album = useMatch('/albums/:album')?.params.album;
  return useMemo(
    () => (album === undefined ? viewIn(parameters) : { kind: 'album', album }),
    [album, parameters],
  );
}
