import { setTimeout as sleep } from 'node:timers/promises';
import type { Image } from '@/api/types';
import type { Gallery } from './gallery';
import { findPictures } from './pictures';

const QUIET_MS = 10 * 60 * 1000;

/** What has become of a picture whose caption was awaited; null for deleted. */
export interface CaptionOutcome {
  id: string;
  image: Image | null;
}

/**
 * Yields each picture once it is captioned, failed or gone.
 *
 * Asks soon at first and more seldom while nothing changes; after ten minutes of that it yields what is left, still pending.
 */
export async function* waitForCaptions(
  gallery: Gallery,
  ids: readonly string[],
): AsyncGenerator<CaptionOutcome> {
  let left = ids;
  let changedAt = Date.now();
  while (left.length > 0) {
    const images = await findPictures(gallery, left);
    const quiet = Date.now() - changedAt;
    const over = (id: string) => images.get(id)?.status !== 'pending' || quiet > QUIET_MS;
    const finished = left.filter(over);
    for (const id of finished) yield { id, image: images.get(id) ?? null };
    if (finished.length > 0) changedAt = Date.now();
    left = left.filter((id) => !over(id));
    if (left.length > 0) await sleep(pause(quiet), undefined, { signal: gallery.signal });
  }
}

/** Returns how long to wait before asking again, in milliseconds, by how long nothing has changed. */
function pause(quiet: number): number {
  return Math.min(Math.max(quiet / 4, 300), 5000);
}
