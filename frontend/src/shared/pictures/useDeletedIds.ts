import { useMutationState, type QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Image } from '@/api/types';

/** What a mutation under `deletionKey` returns: the pictures that are gone. */
export interface Deletion {
  readonly done: readonly Pick<Image, 'id'>[];
}

export const deletionKey = ['images', 'delete'] as const;

/** The ids of the pictures deleted on this page. */
export function useDeletedIds(): ReadonlySet<string> {
  const ids = useMutationState({
    filters: { mutationKey: deletionKey, status: 'success' },
    select: ({ state }) => (state.data as Deletion).done.map(({ id }) => id),
  });
  return useMemo(() => new Set(ids.flat()), [ids]);
}

/** Takes a picture that was restored off what was deleted on this page, which lists leave out. */
export function forgetDeletion(client: QueryClient, id: string): void {
  const cache = client.getMutationCache();
  cache
    .findAll({ mutationKey: deletionKey, predicate: ({ state }) => (state.variables as Image).id === id })
    .forEach((mutation) => cache.remove(mutation));
}
