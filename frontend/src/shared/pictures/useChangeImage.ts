import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { inWords, Problem } from '@/api/problem';
import type { Image, ImageChange } from '@/api/types';
import { rememberImages, shelvesKey } from './cache';
import { changeImage } from './changeImage';
import { clashes } from './clash';
import { getImage } from './getImage';
import { isolated, nameOf } from './words';

interface ImageEdit {
  /** The picture as it was when the change was thought of. */
  base: Image;
  change: ImageChange;
}

/**
 * Changes a picture as it is now, unless somebody else has changed just that since it was seen.
 *
 * Then `onClash` is told how it is now, or where there is none the person.
 */
export function useChangeImage(onClash?: (now: Image) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ base, change }: ImageEdit) => changeUnlessClashing(base, change),
    onSuccess: (changed, { change }) => {
      rememberImages(client, [changed]);
      // Lists of one's own hold what is archived, and what is archived no more, in an order that only the gallery knows.
      if (change.archived != null) void client.invalidateQueries({ queryKey: shelvesKey });
    },
    onError: (error, { base }) => {
      const clash = error instanceof ChangedMeanwhile;
      if (clash) rememberImages(client, [error.now]);
      if (clash && onClash) {
        onClash(error.now);
        return;
      }
      notifications.show({
        color: 'red',
        title: `“${isolated(nameOf(base))}” was not changed`,
        message: clash ? 'Somebody changed it in the meantime. This is how it is now.' : inWords(error),
      });
    },
  });
}

async function changeUnlessClashing(base: Image, change: ImageChange): Promise<Image> {
  const now = await getImage(base.id);
  if (clashes(base, now, change)) throw new ChangedMeanwhile(now);
  try {
    return await changeImage(now, change);
  } catch (error) {
    const stale = error instanceof Problem && error.status === 412;
    throw stale ? new ChangedMeanwhile(await getImage(base.id)) : error;
  }
}

class ChangedMeanwhile extends Error {
  readonly now: Image;

  constructor(now: Image) {
    super('Somebody has changed the picture in the meantime');
    this.now = now;
  }
}
