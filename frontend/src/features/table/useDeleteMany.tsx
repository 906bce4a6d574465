import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import pLimit from 'p-limit';
import pRetry from 'p-retry';
import { inWords, Problem } from '@/api/problem';
import type { Image } from '@/api/types';
import { forgetImage } from '@/shared/pictures/cache';
import { deleteImage } from '@/shared/pictures/deleteImage';
import { deletionKey } from '@/shared/pictures/useDeletedIds';
import { askToConfirm } from '@/shared/dialogs';
import { nameInTable } from './nameInTable';
import { countOf, type Work } from './work';

const AT_ONCE = 4;
const TRIES = 3;

/** Returns a function that asks whether pictures shall go, and deletes them if so, as work that can be stopped. */
export function useDeleteMany(begin: Work['begin']) {
  const deleteOne = useDeleteOne();
  const deleteAll = (images: readonly Image[]) =>
    begin('Deleting', images.length, async (signal, advance) => {
      const oneOf = pLimit(AT_ONCE);
      const reasons = await Promise.all(
        images.map((image) =>
          oneOf(async () => {
            if (signal.aborted) return 'stopped';
            const reason = await deleteOne(image);
            advance();
            return reason;
          }),
        ),
      );
      tell(images, reasons);
    });
  return (images: readonly Image[], kept: number) => {
    void askToConfirm({
      title: `Delete ${countOf(images.length)}?`,
      children: (
        <Text size="sm">
          {images.length === 1 ? 'It and its original' : 'They and their originals'} will be gone for good.
          {kept > 0 && ` ${countOf(kept)} more that you selected can’t be deleted by you.`}
        </Text>
      ),
      labels: { confirm: `Delete ${countOf(images.length)}`, cancel: 'Keep' },
      confirmProps: { color: 'red.8' },
      onConfirm: () => void deleteAll(images),
    });
  };
}

/** Returns a function that deletes a picture and returns null, or in words why it could not. */
function useDeleteOne(): (image: Image) => Promise<string | null> {
  const client = useQueryClient();
  const { mutateAsync } = useMutation({
    mutationKey: deletionKey,
    gcTime: Infinity,
    mutationFn: (image: Image) =>
      pRetry(() => deleteImage(image.id), {
        retries: TRIES - 1,
        shouldRetry: ({ error }) => error instanceof Problem && error.passing,
      }),
    onSuccess: (_, image) => forgetImage(client, image.id),
  });
  return (image) => mutateAsync(image).then(() => null, inWords);
}

/** Says what has become of each picture; those that remain are still selected. */
function tell(images: readonly Image[], reasons: readonly (string | null)[]): void {
  const kept = images.flatMap((image, index) => {
    const reason = reasons[index];
    return reason ? [`“${nameInTable(image)}”: ${reason}`] : [];
  });
  const deleted = `Deleted ${countOf(images.length - kept.length)}.`;
  if (kept.length === 0) {
    notifications.show({ message: deleted });
    return;
  }
  const title = `${countOf(kept.length)} not deleted`;
  notifications.show({
    color: 'red',
    autoClose: false,
    title,
    message: [deleted, ...shortened(kept)].join(' '),
  });
}

const MOST_TOLD = 5;

/** Leaves out of a long list what nobody would read. */
export function shortened(lines: readonly string[]): string[] {
  const more = lines.length - MOST_TOLD;
  return more <= 0 ? [...lines] : [...lines.slice(0, MOST_TOLD), `And ${more} more.`];
}
