import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, expectData } from '@/api/client';
import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import { Quoted } from '@/shared/Quoted';
import { Undoable } from '@/shared/Undoable';
import { forgetImage, listKey, rememberImages } from './cache';
import { deletionKey, forgetDeletion, type Deletion } from './useDeletedIds';
import { isolated, nameOf } from './words';

const trashKey = listKey({ kind: 'shelf', shelf: 'trash' });

/** POST /api/images/{id}/trash: hides a picture from everybody else; its bytes stay for 30 days. */
function trashImage(id: string): Promise<Image> {
  return expectData(api.POST('/api/images/{image_id}/trash', { params: { path: { image_id: id } } }));
}

/** POST /api/images/{id}/restore: takes a picture out of the trash. */
function restoreImage(id: string): Promise<Image> {
  return expectData(api.POST('/api/images/{image_id}/restore', { params: { path: { image_id: id } } }));
}

/** Returns a function that takes a picture out of the trash and shows it again wherever it was shown. */
export function useRestoreImage(): (image: Image) => void {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Image) => restoreImage(id),
    onSuccess: (restored) => {
      forgetDeletion(client, restored.id);
      rememberImages(client, [restored]);
      void client.invalidateQueries({ queryKey: trashKey });
    },
    onError: (error, image) => say(image, 'is still in the trash', error),
  }).mutate;
}

/** Returns a function that moves a picture to the trash at once, and offers to undo that. */
export function useTrashImage(onTrashed?: () => void): (image: Image) => void {
  const client = useQueryClient();
  const restore = useRestoreImage();
  const { mutate } = useMutation({
    mutationKey: deletionKey,
    gcTime: Infinity,
    mutationFn: async (image: Image): Promise<Deletion> => ({ done: [await trashImage(image.id)] }),
    onSuccess: (_, image) => {
      forgetImage(client, image.id);
      void client.invalidateQueries({ queryKey: trashKey });
      const id = `trashed-${image.id}`;
      notifications.show({
        id,
        autoClose: 10_000,
        message: (
          <Undoable id={id} undo={() => restore(image)}>
            <span>
              <Quoted>{nameOf(image)}</Quoted> is in the trash for 30 days
            </span>
          </Undoable>
        ),
      });
    },
    onError: (error, image) => say(image, 'was not moved to the trash', error),
  });
  return (image) => mutate(image, { onSuccess: onTrashed });
}

function say(image: Image, what: string, error: Error): void {
  notifications.show({
    color: 'red',
    title: `“${isolated(nameOf(image))}” ${what}`,
    message: inWords(error),
  });
}
