import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { inWords, Problem } from '@/api/problem';
import type { Image, ImageChange } from '@/api/types';
import { imageKey, rememberImages } from './cache';
import { changeImage } from './changeImage';
import { nameOf } from './words';

/** Changes a picture as it was read; one that somebody else has changed since is read anew, and said to be. */
export function useChangeImage(image: Image) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ImageChange) => changeImage(image, change),
    onSuccess: (changed) => {
      rememberImages(client, [changed]);
    },
    onError: (error) => {
      const stale = error instanceof Problem && error.status === 412;
      if (stale) void client.invalidateQueries({ queryKey: imageKey(image.id) });
      notifications.show({
        color: 'red',
        title: `“${nameOf(image)}” was not changed`,
        message: stale ? 'Somebody changed it in the meantime. This is how it is now.' : inWords(error),
      });
    },
  });
}
