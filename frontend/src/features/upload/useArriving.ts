import { useMemo } from 'react';
import type { Arriving } from '@/shared/pictures/arriving';
import type { Upload } from './queue';
import { useUploads } from './uploads';

/** The uploads that are, or are about to be, pictures of the gallery; none of those that went wrong. */
export function useArriving(): Arriving[] {
  const uploads = useUploads();
  return useMemo(() => uploads.flatMap(arrivingOf), [uploads]);
}

function arrivingOf({ key, file, state, ticket, preview, ratio }: Upload): Arriving[] {
  switch (state.step) {
    case 'failed':
    case 'refused':
    case 'duplicate':
      return [];
    default:
      return [{ key, imageId: ticket?.image_id ?? null, name: file.name, preview, ratio, stage: state.step }];
  }
}
