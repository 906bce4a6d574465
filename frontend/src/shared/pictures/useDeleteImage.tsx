import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import { askToConfirm } from '@/shared/dialogs';
import { Quoted } from '@/shared/Quoted';
import { forgetImage } from './cache';
import { deleteImage } from './deleteImage';
import { deletionKey, type Deletion } from './useDeletedIds';
import { nameOf } from './words';

/** Returns a function that asks whether a picture shall go, and deletes it if so. */
export function useDeleteImage(onDeleted?: () => void): (image: Image) => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationKey: deletionKey,
    gcTime: Infinity,
    mutationFn: async (image: Image): Promise<Deletion> => {
      await deleteImage(image.id);
      return { done: [image] };
    },
    onSuccess: (_, image) => {
      forgetImage(client, image.id);
      notifications.show({
        message: (
          <>
            Deleted <Quoted>{nameOf(image)}</Quoted>.
          </>
        ),
      });
    },
    onError: (error, image) => {
      notifications.show({
        color: 'red',
        title: (
          <>
            <Quoted>{nameOf(image)}</Quoted> was not deleted
          </>
        ),
        message: inWords(error),
      });
    },
  });
  return (image) => {
    void askToConfirm({
      title: 'Delete this picture?',
      children: (
        <Text size="sm">
          <Quoted>{nameOf(image)}</Quoted> and its original will be gone for good.
        </Text>
      ),
      labels: { confirm: 'Delete', cancel: 'Keep it' },
      confirmProps: { color: 'red.8' },
      onConfirm: () => {
        mutate(image, { onSuccess: onDeleted });
      },
    });
  };
}
