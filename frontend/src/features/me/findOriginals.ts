import { api, expectData } from '@/api/client';
import type { OriginalsPending, OriginalsReady } from '@/api/types';

/** POST /api/me/export: the files with one's originals, or how far they are; asked again it renews their addresses. */
export async function findOriginals(signal: AbortSignal): Promise<OriginalsReady | OriginalsPending> {
  const answer = await expectData(
    api.POST('/api/me/export', { body: { originals: true, anew: false }, signal }),
  );
  return answer as OriginalsReady | OriginalsPending;
}
