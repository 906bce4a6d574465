import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { forgetSearches } from '@/shared/pictures/cache';
import { votes } from './votes';

/** Once a query that was voted on is left, it is searched for anew the next time. */
export function useForgetImproved(query: string): void {
  const client = useQueryClient();
  useEffect(
    () => () => {
      if (!votes.store.getState().improved.includes(query)) return;
      votes.searched(query);
      forgetSearches(client, query);
    },
    [client, query],
  );
}
