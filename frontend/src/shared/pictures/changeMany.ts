import pRetry from 'p-retry';
import { api, expectData } from '@/api/client';
import { Problem } from '@/api/problem';
import type { Image } from '@/api/types';

/** What can be done to many pictures in one call. */
export type ManyChange =
  | { readonly action: 'delete' | 'trash' | 'restore' }
  | { readonly action: 'archive' | 'unarchive' }
  | { readonly action: 'album_add' | 'album_remove'; readonly album: string }
  | { readonly action: 'favourite'; readonly favourite: boolean }
  | { readonly action: 'visibility'; readonly visibility: Image['visibility'] }
  | { readonly action: 'caption_hidden'; readonly caption_hidden: boolean };

/** How many pictures one call takes at the most. */
export const MAX_PER_CALL = 100;

const NOT_BEGUN = 503;
const GONE = 404;
const MAX_ATTEMPTS = 3;

/**
 * POST /api/images/batch: does one thing to up to a hundred pictures.
 *
 * Returns, by their ids, why it could not be done to some, in words. What the gallery had no time for is sent again; a
 * picture that is gone already counts as deleted.
 */
export async function changeMany(ids: readonly string[], change: ManyChange): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  let left = [...ids];
  for (let attemptsLeft = MAX_ATTEMPTS; attemptsLeft > 0 && left.length > 0; attemptsLeft -= 1) {
    const results = await ask(left, change);
    left = results.filter(({ status }) => status === NOT_BEGUN).map(({ id }) => id);
    for (const { id, status, detail } of results) {
      if (status < 300 || (change.action === 'delete' && status === GONE)) reasons.delete(id);
      else reasons.set(id, detail ?? `The gallery answered with error ${status}.`);
    }
  }
  return reasons;
}

/** Asks once more where the gallery can't be reached or is busy: doing the same thing twice changes nothing. */
async function ask(ids: string[], change: ManyChange) {
  const call = () => expectData(api.POST('/api/images/batch', { body: { ...change, ids } }));
  const { results } = await pRetry(call, {
    retries: MAX_ATTEMPTS - 1,
    shouldRetry: ({ error }) => error instanceof Problem && error.retryable,
  });
  return results;
}
