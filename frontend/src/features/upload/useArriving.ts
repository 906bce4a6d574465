import { useMemo } from 'react';
import type { Arriving } from '@/shared/pictures/arriving';
import type { Upload } from './queue';
import { useUploads } from './uploads';

/** The uploads that are, or are about to be, pictures of the gallery; none of those that went wrong. */
export function useArriving(): Arriving[] {
  const uploads = useUploads();
  return useMemo(() => uploads.map(arrivingOf).filter((arriving) => arriving !== null), [uploads]);
}

const known = new WeakMap<Upload, Arriving | null>();

/** Returns the same object for the same upload, so that nothing is drawn anew for it. */
function arrivingOf(upload: Upload): Arriving | null {
  let arriving = known.get(upload);
  if (arriving === undefined) {
    arriving = describe(upload);
    known.set(upload, arriving);
  }
  return arriving;
}

function describe({ key, file, state, ticket, preview, ratio }: Upload): Arriving | null {
  switch (state.step) {
    case 'failed':
    case 'refused':
    case 'duplicate':
      return null;
    default:
      return { key, imageId: ticket?.image_id ?? null, name: file.name, preview, ratio, stage: state.step };
  }
}
