import { useMutationState } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Image } from '@/api/types';

export const deletionKey = ['images', 'delete'] as const;

/** The ids of the pictures deleted on this page. */
export function useDeletedIds(): ReadonlySet<string> {
  const ids = useMutationState({
    filters: { mutationKey: deletionKey, status: 'success' },
    select: ({ state }) => (state.variables as Image).id,
  });
  return useMemo(() => new Set(ids), [ids]);
}
