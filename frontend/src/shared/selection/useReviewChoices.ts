import { IconCheck, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import { albumsKey } from '@/shared/albums/keys';
import { reviewMany, type Verdict } from '@/shared/albums/review';
import { peopleKey } from '@/shared/people/keys';
import { imagesKey } from '@/shared/pictures/cache';
import { MAX_PER_CALL } from '@/shared/pictures/changeMany';
import { lineOf } from './changeEach';
import type { Choice } from './choice';
import { notifyOutcome } from './notifyOutcome';
import { countOf, type BatchTask } from './useBatchTask';

const WORDS: Readonly<Record<Verdict, { doing: string; done: string; failed: string }>> = {
  accept: { doing: 'Accepting', done: 'accepted.', failed: 'not accepted' },
  reject: { doing: 'Rejecting', done: 'rejected, and in the trash for 30 days.', failed: 'not rejected' },
};

/** Returns what the owner of an album can do with what guests added and waits for an answer. */
export function useReviewChoices(images: readonly Image[], begin: BatchTask['begin']): Choice[] {
  const client = useQueryClient();
  const waiting = images.filter(({ review, trashed_at }) => review === 'pending' && trashed_at === null);
  const answer = (chosen: readonly Image[], verdict: Verdict) => {
    const { doing, done, failed } = WORDS[verdict];
    return begin(doing, chosen.length, async (signal, advance) => {
      const lines: string[] = [];
      for (const [albumId, pictures] of partsOf(chosen)) {
        if (signal.aborted) break;
        lines.push(...(await linesOf(albumId, pictures, verdict)));
        advance(pictures.length);
      }
      for (const queryKey of [imagesKey, albumsKey, peopleKey]) void client.invalidateQueries({ queryKey });
      notifyOutcome({
        message: `${countOf(chosen.length - lines.length)} ${done}`,
        title: `${countOf(lines.length)} ${failed}`,
        lines,
      });
    });
  };
  return [
    { words: 'Accept', icon: IconCheck, images: waiting, act: (chosen) => void answer(chosen, 'accept') },
    { words: 'Reject', icon: IconX, images: waiting, act: (chosen) => void answer(chosen, 'reject') },
  ];
}

/** Parts pictures by the albums in which they wait, a hundred at the most. */
function partsOf(images: readonly Image[]): [string, Image[]][] {
  const byAlbum = new Map<string, Image[]>();
  for (const image of images)
    for (const album of image.albums) byAlbum.set(album, [...(byAlbum.get(album) ?? []), image]);
  return [...byAlbum].flatMap(([album, pictures]) =>
    Array.from({ length: Math.ceil(pictures.length / MAX_PER_CALL) }, (_, part): [string, Image[]] => [
      album,
      pictures.slice(part * MAX_PER_CALL, (part + 1) * MAX_PER_CALL),
    ]),
  );
}

async function linesOf(albumId: string, images: readonly Image[], verdict: Verdict): Promise<string[]> {
  const ids = images.map(({ id }) => id);
  const reasons = await reviewMany(albumId, ids, verdict).catch(
    (error: unknown) => new Map(ids.map((id) => [id, inWords(error)])),
  );
  return images.flatMap((image) => lineOf(image, reasons.get(image.id)));
}
