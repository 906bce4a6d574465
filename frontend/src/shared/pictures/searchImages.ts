import { api, expectData } from '@/api/client';
import { pageOf, type PicturePage } from './page';
import { asked } from './filters';
import type { View } from './view';

/** GET /api/search: one page of the pictures that pass filters and fit words as well as asked for, best first. */
export async function searchImages(
  { query, min, verbatim, filters = {}, words }: View & { kind: 'search' },
  cursor: string | null,
  signal: AbortSignal,
): Promise<PicturePage> {
  const parameters = {
    ...asked(filters),
    ...(query !== '' && { query }),
    ...(words && { as_words: words.join(',') }),
    limit: 48,
    min_score: min,
    ...(verbatim && { verbatim }),
    ...(cursor !== null && { cursor }),
  };
  const { results, next_cursor, floor, corrected, understood, total } = await expectData(
    api.GET('/api/search', { params: { query: parameters }, signal }),
  );
  return {
    ...pageOf(results, next_cursor),
    floor,
    corrected: corrected ?? null,
    understood,
    total,
  };
}
