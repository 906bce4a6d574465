import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { inWords, Problem } from '@/api/problem';
import type { Image, ImageChange } from '@/api/types';
import { imageKey, rememberImages } from './cache';
import { changeImage } from './changeImage';
import { clashes } from './clash';
import { getImage } from './getImage';
import { nameOf } from './words';

/** Changes a picture as it is now, unless somebody else has changed just that since it was seen; then it says so. */
export function useChangeImage(image: Image) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: ImageChange) => {
      const now = await getImage(image.id);
      if (clashes(image, now, change)) throw new ChangedMeanwhile();
      return changeImage(now, change);
    },
    onSuccess: (changed) => {
      rememberImages(client, [changed]);
    },
    onError: (error) => {
      const stale = error instanceof ChangedMeanwhile || (error instanceof Problem && error.status === 412);
      if (stale) void client.invalidateQueries({ queryKey: imageKey(image.id) });
      notifications.show({
        color: 'red',
        title: `“${nameOf(image)}” was not changed`,
        message: stale ? 'Somebody changed it in the meantime. This is how it is now.' : inWords(error),
      });
    },
  });
}

class ChangedMeanwhile extends Error {}
