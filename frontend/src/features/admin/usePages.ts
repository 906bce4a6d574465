import { useInfiniteQuery } from '@tanstack/react-query';
import { usePerson } from '@/api/person';
import { adminKey } from './useAct';

/** A list that admins alone see, as far as it was asked for. */
export function usePages<Page extends { next_cursor: string | null }>(
  name: readonly string[],
  get: (cursor: string | null, signal: AbortSignal) => Promise<Page>,
) {
  const person = usePerson();
  return useInfiniteQuery({
    queryKey: [...adminKey, person?.sub, ...name],
    queryFn: ({ pageParam, signal }) => get(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}
