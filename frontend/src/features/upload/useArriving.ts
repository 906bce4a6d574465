import { useMemo } from 'react';
import type { Arriving } from '@/shared/pictures/arriving';
import { useAwaited } from './awaited';
import type { Upload } from './upload';
import { useUploads } from './onPage';

/** The uploads that are, or are about to be, pictures of the gallery, from before a reload too; none that went wrong. */
export function useArriving(): Arriving[] {
  const uploads = useUploads();
  const awaited = useAwaited();
  return useMemo(() => {
    const own = uploads.map(arrivingOf).filter((arriving) => arriving !== null);
    const known = new Set(own.map(({ imageId }) => imageId));
    return [...awaited.filter(({ imageId }) => !known.has(imageId)), ...own];
  }, [uploads, awaited]);
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

function describe({ key, name, state, ticket, ...upload }: Upload): Arriving | null {
  switch (state.step) {
    case 'failed':
    case 'interrupted':
    case 'refused':
    case 'duplicate':
      return null;
    default:
      return {
        key,
        imageId: ticket?.image_id ?? null,
        name,
        preview: upload.preview,
        ratio: upload.ratio,
        owner: upload.owner,
        visibility: upload.visibility,
        stage: state.step,
      };
  }
}
