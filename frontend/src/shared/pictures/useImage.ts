import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Image } from '@/api/types';
import { findInLists, imageKey } from './cache';
import { getImage } from './getImage';
import { monthOf, type Month } from './months';

/** One picture, at once where the list has it already. */
export function useImage(id: string) {
  const client = useQueryClient();
  return useQuery<Image>({
    queryKey: imageKey(id),
    queryFn: ({ signal }) => getImage(id, signal),
    placeholderData: () => findInLists(client, id),
  });
}

/** The month in which a picture was taken, as soon as the picture is known. */
export function useMonthOfImage(id: string | undefined): Month | null {
  const client = useQueryClient();
  const { data } = useQuery<Image>({
    queryKey: imageKey(id ?? ''),
    queryFn: ({ signal }) => getImage(id ?? '', signal),
    placeholderData: () => (id === undefined ? undefined : findInLists(client, id)),
    enabled: id !== undefined,
  });
  return data ? monthOf(data) : null;
}
