import pRetry from 'p-retry';
import { api, expectData } from '@/api/client';
import { Problem } from '@/api/problem';

/** What becomes of guests' pictures: they are shown in the album, or go to the trash. */
export type Verdict = 'accept' | 'reject';

const MAX_RETRIES = 2;

/**
 * POST /api/albums/{id}/review: accepts or rejects up to a hundred pictures that guests added.
 *
 * Returns, by their ids, why it could not be done to some, in words. Done twice it changes nothing.
 */
export async function reviewMany(
  albumId: string,
  ids: readonly string[],
  verdict: Verdict,
): Promise<Map<string, string>> {
  const params = { path: { album_id: albumId } };
  const body = { accept: [], reject: [], [verdict]: ids };
  const { results } = await pRetry(
    () => expectData(api.POST('/api/albums/{album_id}/review', { params, body })),
    { retries: MAX_RETRIES, shouldRetry: ({ error }) => error instanceof Problem && error.retryable },
  );
  const failed = results.filter(({ status }) => status >= 300);
  return new Map(
    failed.map(({ id, status, detail }) => [id, detail ?? `The gallery answered with error ${status}.`]),
  );
}
