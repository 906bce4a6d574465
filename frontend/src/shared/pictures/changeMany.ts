import pRetry from 'p-retry';
import { api, expectData } from '@/api/client';
import { Problem } from '@/api/problem';
import type { Image } from '@/api/types';
import { findImages } from './findImages';
import { shiftedClock } from './taken';

/** What can be done to many pictures in one call. */
export type ManyChange =
  | { readonly action: 'delete' | 'trash' | 'restore' }
  | { readonly action: 'archive' | 'unarchive' }
  | { readonly action: 'album_add' | 'album_remove'; readonly album: string }
  | { readonly action: 'favourite'; readonly favourite: boolean }
  | { readonly action: 'visibility'; readonly visibility: Image['visibility'] }
  | { readonly action: 'caption_hidden'; readonly caption_hidden: boolean }
  /** Moves each date, in the version of the picture that is given and in no other one. */
  | { readonly action: 'shift_taken'; readonly seconds: number };

/** How many pictures one call takes at the most. */
export const MAX_PER_CALL = 100;

const NOT_BEGUN = 503;
const GONE = 404;
const CHANGED_SINCE = 412;
const MAX_ATTEMPTS = 3;

/**
 * POST /api/images/batch: does one thing to up to a hundred pictures.
 *
 * Returns, by their ids, why it could not be done to some, in words. What the gallery had no time for is sent again, as
 * long as it gets on with it; a picture that is gone already counts as deleted, one that has the shifted date as shifted.
 */
export async function changeMany(images: readonly Image[], change: ManyChange): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  const changedSince: string[] = [];
  let [left, inVain] = [images, 0];
  while (left.length > 0 && inVain < MAX_ATTEMPTS) {
    const sent = left.length;
    const results = await ask(left, change);
    const late = new Set(results.filter(({ status }) => status === NOT_BEGUN).map(({ id }) => id));
    left = left.filter(({ id }) => late.has(id));
    inVain = left.length < sent ? 0 : inVain + 1;
    for (const { id, status, detail } of results) {
      if (status < 300 || (change.action === 'delete' && status === GONE)) reasons.delete(id);
      else reasons.set(id, detail ?? `The gallery answered with error ${status}.`);
      if (status === CHANGED_SINCE) changedSince.push(id);
    }
  }
  if (change.action === 'shift_taken' && changedSince.length > 0)
    for (const id of await shiftedAmong(images, changedSince, change.seconds)) reasons.delete(id);
  return reasons;
}

/** Asks once more where the gallery can't be reached or is busy: doing the same thing twice changes nothing. */
async function ask(images: readonly Image[], change: ManyChange) {
  const call = () => expectData(api.POST('/api/images/batch', { body: bodyOf(images, change) }));
  const { results } = await pRetry(call, {
    retries: MAX_ATTEMPTS - 1,
    shouldRetry: ({ error }) => error instanceof Problem && error.retryable,
  });
  return results;
}

function bodyOf(images: readonly Image[], change: ManyChange) {
  const ids = images.map(({ id }) => id);
  if (change.action !== 'shift_taken') return { ...change, ids };
  return { ...change, ids, versions: images.map(({ version }) => version) };
}

/** Returns which pictures of later versions already have the date that a shift gives them: the answer to a first call was lost. */
async function shiftedAmong(images: readonly Image[], ids: readonly string[], seconds: number) {
  const before = new Map(images.map(({ id, taken_at }) => [id, taken_at]));
  const isShifted = ({ id, taken_at }: Image) => taken_at === shiftedClock(before.get(id) ?? '', seconds);
  return (await findImages(ids)).filter(isShifted).map(({ id }) => id);
}
