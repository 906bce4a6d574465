import { api, expectData } from '@/api/client';
import { pageOf, type PicturePage } from './page';

/** GET /api/search: one page of the pictures that fit some words at least as well as asked for, best first. */
export async function searchImages(
  query: string,
  min: number,
  cursor: string | null,
  signal: AbortSignal,
): Promise<PicturePage> {
  const parameters = { query, limit: 48, min_score: min, ...(cursor !== null && { cursor }) };
  const { results, next_cursor } = await expectData(
    api.GET('/api/search', { params: { query: parameters }, signal }),
  );
  return pageOf(results, next_cursor);
}
