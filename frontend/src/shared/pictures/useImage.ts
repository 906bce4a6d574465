import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Image } from '@/api/types';
import { findInLists, imageKey } from './cache';
import { getImage } from './getImage';

/** One picture, at once where the list has it already. */
export function useImage(id: string) {
  const client = useQueryClient();
  return useQuery<Image>({
    queryKey: imageKey(id),
    queryFn: ({ signal }) => getImage(id, signal),
    placeholderData: () => findInLists(client, id),
  });
}
