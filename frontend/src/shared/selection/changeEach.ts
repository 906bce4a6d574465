import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import { MAX_PER_CALL, changeMany, type ManyChange } from '@/shared/pictures/changeMany';
import { isolated } from '@/shared/pictures/words';
import { nameInList } from './nameInList';

/** What has become of pictures to which one thing was to be done. */
export interface Outcome {
  readonly done: readonly Image[];
  /** A line for each picture to which it could not be done, with the reason. */
  readonly lines: readonly string[];
}

/** Does one thing to any number of pictures, a hundred in a call, until it is stopped; one bad picture stops no other. */
export async function changeEach(
  images: readonly Image[],
  change: ManyChange,
  signal: AbortSignal,
  advance: (by: number) => void,
): Promise<Outcome> {
  const done: Image[] = [];
  const lines: string[] = [];
  for (let from = 0; from < images.length && !signal.aborted; from += MAX_PER_CALL) {
    const batch = images.slice(from, from + MAX_PER_CALL);
    const reasons = await reasonsOf(batch, change);
    done.push(...batch.filter(({ id }) => !reasons.has(id)));
    lines.push(...batch.flatMap((image) => lineOf(image, reasons.get(image.id))));
    advance(batch.length);
  }
  return { done, lines };
}

async function reasonsOf(images: readonly Image[], change: ManyChange): Promise<Map<string, string>> {
  try {
    return await changeMany(images, change);
  } catch (error) {
    return new Map(images.map(({ id }) => [id, inWords(error)]));
  }
}

/** Says of a picture why something was not done to it; nothing where it was. */
export function lineOf(image: Image, reason: string | undefined): string[] {
  return reason === undefined ? [] : [`“${isolated(nameInList(image))}”: ${reason}`];
}
