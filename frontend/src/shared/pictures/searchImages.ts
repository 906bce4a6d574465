import { api, expectData } from '@/api/client';
import { pageOf, type PicturePage } from './page';
import type { View } from './view';

/** GET /api/search: one page of the pictures that fit some words at least as well as asked for, best first. */
export async function searchImages(
  { query, min, verbatim }: View & { kind: 'search' },
  cursor: string | null,
  signal: AbortSignal,
): Promise<PicturePage> {
  const parameters = {
    query,
    limit: 48,
    min_score: min,
    ...(verbatim && { verbatim }),
    ...(cursor !== null && { cursor }),
  };
  const { results, next_cursor, floor, corrected } = await expectData(
    api.GET('/api/search', { params: { query: parameters }, signal }),
  );
  return { ...pageOf(results, next_cursor), floor, corrected: corrected ?? null };
}
