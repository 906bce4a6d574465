import { Text } from '@mantine/core';
import type { Album } from '@/api/types';
import { askToConfirm } from '@/shared/dialogs';
import { isolated } from '@/shared/pictures/words';
import { notifyFailure } from '@/shared/selection/notifyOutcome';
import { useAnswer } from './usePeople';

/** Returns a function that asks whether one wants to leave an album, and leaves it if so. */
export function useLeaveAlbum(onLeft: () => void): (album: Album) => void {
  const { mutate } = useAnswer();
  return (album) => {
    void askToConfirm({
      title: `Leave “${isolated(album.title)}”?`,
      children: <Text size="sm">Pictures that you added are taken out of it, and stay yours.</Text>,
      labels: { confirm: 'Leave the album', cancel: 'Stay' },
      onConfirm: () =>
        mutate(
          { albumId: album.id, accept: false },
          { onSuccess: onLeft, onError: (error) => notifyFailure('You are still in the album', error) },
        ),
    });
  };
}
