import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MosaicState } from '@/api/types';
import { imagesKey } from '@/shared/pictures/cache';
import type { Design } from './design';
import { findMosaic, makeMosaic } from './makeMosaic';

const PAUSE = 1000;

// An address of a mosaic works for an hour.
const WORKS_FOR = 50 * 60_000;

const keyOf = (id: string, design: Design | null) => [...imagesKey, 'mosaic', id, design] as const;

/** A mosaic of a picture, if one was asked for: how far it is by now, and where it is in the end. */
export function useMosaic(id: string, design: Design | null) {
  return useQuery({
    queryKey: keyOf(id, design),
    queryFn: ({ signal }) => (design ? findMosaic(id, design, signal) : null),
    enabled: design !== null,
    staleTime: WORKS_FOR,
    refetchInterval: ({ state: { data, error } }) =>
      data?.status === 'pending' && error === null ? PAUSE : false,
  });
}

/** Has a mosaic made; `onBegun` is told once the gallery knows of it. */
export function useMakeMosaic(id: string, onBegun: (design: Design) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (design: Design) => makeMosaic(id, design),
    onSuccess: (state: MosaicState, design) => {
      client.setQueryData(keyOf(id, design), state);
      onBegun(design);
    },
  });
}
