import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AlbumRole } from '@/api/types';
import { albumsKey } from '@/shared/albums/keys';
import { peopleKey } from '@/shared/people/keys';
import { findPeople, letGo, letIn, suggestPeople } from './people';

const membersKey = (albumId: string) => [...albumsKey, 'people', albumId] as const;

/** Who was let into an album, or is asked. */
export function usePeople(albumId: string) {
  return useQuery({
    queryKey: membersKey(albumId),
    queryFn: ({ signal }) => findPeople(albumId, signal),
    staleTime: 0,
  });
}

const SHORTEST = 2;
const PAUSE_MS = 200;

/** People whose names begin with what somebody has written so far, once they pause. */
export function useSuggestedPeople(beginning: string) {
  const [query] = useDebouncedValue(beginning, PAUSE_MS);
  return useQuery({
    queryKey: [...peopleKey, 'suggested', query],
    queryFn: ({ signal }) => suggestPeople(query, signal),
    enabled: query.length >= SHORTEST,
    placeholderData: keepPreviousData,
  });
}

/** Lets somebody in or asks them, or changes what they may do. */
export function useLetIn(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ username, role }: { username: string; role: AlbumRole }) => letIn(albumId, username, role),
    onSuccess: () => client.invalidateQueries({ queryKey: membersKey(albumId) }),
  });
}

/** Lets somebody go. */
export function useLetGo(albumId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (username: string) => letGo(albumId, username),
    onSuccess: () => client.invalidateQueries({ queryKey: membersKey(albumId) }),
  });
}

/** Accepts an invitation, or declines it; an album that one is in is left in the same way. */
export function useAnswer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ albumId, accept }: { albumId: string; accept: boolean }) =>
      accept ? letIn(albumId, 'me') : letGo(albumId, 'me'),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: peopleKey });
      void client.invalidateQueries({ queryKey: [...albumsKey, 'list'] });
    },
  });
}
