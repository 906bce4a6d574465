import { api, expectData } from '@/api/client';
import type { Image } from '@/api/types';

const NOT_BEGUN = 503;
const TRIES = 3;

/**
 * POST /api/images/batch: changes who may see up to a hundred pictures.
 *
 * Returns, by their ids, why some could not be changed, in words. What the gallery had no time for is sent again.
 */
export async function changeVisibility(
  ids: readonly string[],
  visibility: Image['visibility'],
): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  let left = [...ids];
  for (let tries = TRIES; tries > 0 && left.length > 0; tries -= 1) {
    const body = { action: 'visibility' as const, ids: left, visibility };
    const { results } = await expectData(api.POST('/api/images/batch', { body }));
    left = results.filter(({ status }) => status === NOT_BEGUN).map(({ id }) => id);
    for (const { id, status, detail } of results) {
      if (status < 300) reasons.delete(id);
      else reasons.set(id, detail ?? `The gallery answered with error ${status}.`);
    }
  }
  return reasons;
}
