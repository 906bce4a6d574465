import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Suggestion, User, UserPage } from '@/api/types';
import { peopleKey } from '@/shared/people/keys';
import type { Circle } from './circles';

const listsKey = [...peopleKey, 'list'] as const;

export const userKey = (username: string) => [...peopleKey, 'one', username] as const;

export const circleKey = (username: string, circle: Circle) => [...listsKey, username, circle] as const;

export const suggestionsKey = [...peopleKey, 'suggestions'] as const;

/** Shows what is newly known of somebody wherever they are shown. */
export function changeUser(
  client: QueryClient,
  username: string,
  change: <Known extends User>(user: Known) => Known,
): void {
  const changed = <Known extends User>(user: Known) => (user.username === username ? change(user) : user);
  client.setQueryData<User>(userKey(username), (user) => user && changed(user));
  client.setQueryData<Suggestion[]>(suggestionsKey, (users) => users?.map(changed));
  client.setQueriesData<InfiniteData<UserPage>>(
    { queryKey: listsKey },
    (list) =>
      list && { ...list, pages: list.pages.map((page) => ({ ...page, users: page.users.map(changed) })) },
  );
}
