import { api, expectData } from '@/api/client';
import type { Classification } from '@/api/types';

/** POST /api/classify: what a picture shows; nothing of it is kept. */
export function classify(picture: Blob, signal: AbortSignal): Promise<Classification> {
  return expectData(
    api.POST('/api/classify', {
      body: '', // Bytes have no type of their own in the API's description.
      bodySerializer: () => picture,
      headers: { 'Content-Type': picture.type },
      signal,
    }),
  );
}
