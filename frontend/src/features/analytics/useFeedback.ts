import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { usePerson } from '@/api/person';
import { getFeedback } from './getFeedback';

/** What was said of all queries' results, most voted first, as far as was asked for. */
export function useAllFeedback() {
  const person = usePerson();
  return useInfiniteQuery({
    queryKey: ['analytics', person?.sub, 'all'],
    queryFn: ({ pageParam, signal }) => getFeedback(pageParam === null ? {} : { cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    select: ({ pages }) => pages.flatMap(({ feedback }) => feedback),
  });
}

/** What was said of one query's results, null where nothing was. */
export function useFeedbackOn(query: string) {
  const person = usePerson();
  return useQuery({
    queryKey: ['analytics', person?.sub, 'one', query],
    queryFn: async ({ signal }) => (await getFeedback({ query }, signal)).feedback[0] ?? null,
  });
}
