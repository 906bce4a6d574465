import type { paths } from '@/api/schema';

/** What a search can be narrowed by, as the address and the API name it. */
const NAMES = [
  'from',
  'to',
  'owner',
  'album',
  'label',
  'type',
  'orientation',
  'camera',
  'color',
  'favourite',
  'has_place',
] as const;

export type FilterName = (typeof NAMES)[number];
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

type Asked = NonNullable<paths['/api/search']['get']['parameters']['query']>;

/** The filters that an address has. */
export function filtersIn(parameters: URLSearchParams): Filters {
  const given = NAMES.map((name) => [name, parameters.get(name)?.trim() ?? ''] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

/** Filters of which one alone makes a list of the gallery, which is no search. */
const LISTS: readonly FilterName[] = ['owner', 'album', 'label'];

/** Whether there is a filter that no list of the gallery is for, so that it makes a search without any words. */
export function makeSearch(filters: Filters): boolean {
  return namesIn(filters).some((name) => !LISTS.includes(name));
}

/** Those filters that are given, in the order of the form. */
export function namesIn(filters: Filters): FilterName[] {
  return NAMES.filter((name) => filters[name] !== undefined);
}

/** The filters as GET /api/search takes them; what makes no sense there it says itself. */
export function asked({ favourite, has_place, ...rest }: Filters): Partial<Asked> {
  return {
    ...(rest as Partial<Asked>),
    ...(favourite !== undefined && { favourite: favourite === 'true' }),
    ...(has_place !== undefined && { has_place: has_place === 'true' }),
  };
}
