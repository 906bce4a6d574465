import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Image } from '@/api/types';
import { forgetImage } from '@/shared/pictures/cache';
import { deletionKey, type Deletion } from '@/shared/pictures/useDeletedIds';
import { askToConfirm } from '@/shared/dialogs';
import { changeEach, type Outcome } from './changeEach';
import { notifyOutcome } from './notifyOutcome';
import { countOf, type Task, type BatchTask } from './useBatchTask';

/** Returns a function that asks whether pictures shall go, and deletes them if so, as work that can be stopped. */
export function useDeleteMany(begin: BatchTask['begin']) {
  const deleteEach = useDeleteEach();
  const deleteAll = (images: readonly Image[]) =>
    begin('Deleting', images.length, async (signal, advance) => {
      const { done, lines } = await deleteEach({ images, signal, advance });
      // Those that remain are still selected.
      notifyOutcome({
        message: `Deleted ${countOf(done.length)}.`,
        title: `${countOf(lines.length)} not deleted`,
        lines,
      });
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

interface DeleteTask {
  readonly images: readonly Image[];
  readonly signal: Parameters<Task>[0];
  readonly advance: Parameters<Task>[1];
}

/** Returns a function that deletes pictures and takes them out of every list that shows them. */
function useDeleteEach(): (task: DeleteTask) => Promise<Outcome & Deletion> {
  const client = useQueryClient();
  const { mutateAsync } = useMutation({
    mutationKey: deletionKey,
    gcTime: Infinity,
    mutationFn: ({ images, signal, advance }: DeleteTask) =>
      changeEach(images, { action: 'delete' }, signal, advance),
    onSuccess: ({ done }) => done.forEach(({ id }) => forgetImage(client, id)),
  });
  return mutateAsync;
}
