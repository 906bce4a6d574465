import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { usePerson } from '@/api/person';
import { circleKey, suggestionsKey, userKey } from './cache';
import { findCircle, type Circle } from './circles';
import { findSuggestions } from './findSuggestions';
import { getUser } from './getUser';

/** Somebody's profile. */
export function useUser(username: string) {
  return useQuery({ queryKey: userKey(username), queryFn: ({ signal }) => getUser(username, signal) });
}

/** The people around somebody, as far as they were scrolled to. */
export function useCircle(username: string, circle: Circle) {
  return useInfiniteQuery({
    queryKey: circleKey(username, circle),
    queryFn: ({ pageParam, signal }) => findCircle(username, circle, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    select: ({ pages }) => [
      ...new Map(pages.flatMap(({ users }) => users).map((user) => [user.username, user])).values(),
    ],
  });
}

/** People whom somebody signed in may want to follow. */
export function useSuggestions() {
  const person = usePerson();
  return useQuery({
    queryKey: suggestionsKey,
    queryFn: ({ signal }) => findSuggestions(signal),
    enabled: person !== null,
  });
}
