import { useQuery } from '@tanstack/react-query';
import { api, expectData } from '@/api/client';
import type { Me } from '@/api/types';
import { usePerson } from '@/api/person';
import { peopleKey } from './keys';

/** One's own profile, under which it is kept. */
export const meKey = (sub: string | undefined) => [...peopleKey, 'me', sub] as const;

/** GET /api/me: the profile of whoever is signed in, made when they first come. */
export function getMe(signal?: AbortSignal): Promise<Me> {
  return expectData(api.GET('/api/me', { signal }));
}

/** The profile of whoever is signed in; nothing for a stranger. */
export function useMe() {
  const person = usePerson();
  return useQuery({
    queryKey: meKey(person?.sub),
    queryFn: ({ signal }) => getMe(signal),
    enabled: person !== null,
  });
}
