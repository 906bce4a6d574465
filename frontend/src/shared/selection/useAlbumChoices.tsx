import {
  IconArrowBarToUp,
  IconBookmark,
  IconFolderMinus,
  IconFolderPlus,
  IconShare,
} from '@tabler/icons-react';
import { usePerson } from '@/api/person';
import type { Image } from '@/api/types';
import { useChangeAlbum } from '@/shared/albums/useAlbums';
import { openDialog } from '@/shared/dialogs';
import { MAX_PER_CALL } from '@/shared/pictures/changeMany';
import { useAlbum } from '@/shared/pictures/useAlbum';
import { useView } from '@/shared/pictures/view';
import type { Choice } from './choice';
import { notifyFailure } from './notifyOutcome';
import { useAddToAlbum, useAlbumTask, useMoveToFront } from './useAlbumTasks';
import { ShareMany } from './ShareMany';
import { countOf, type BatchTask } from './useBatchTask';

/** Returns what can be done with pictures and albums: one's own go into any, and out of the one that is shown. */
export function useAlbumChoices(images: readonly Image[], begin: BatchTask['begin']): Choice[] {
  const person = usePerson();
  const view = useView();
  const { data: album } = useAlbum(view.kind === 'album' ? view.album : null);
  const add = useAddToAlbum(begin);
  const run = useAlbumTask(begin);
  const move = useMoveToFront();
  const change = useChangeAlbum();
  const own = images.filter(({ owner, trashed_at }) => owner === person?.sub && trashed_at === null);
  const isOwner = album?.role === 'owner';
  const choices: Choice[] = [
    {
      words: 'Add to album',
      icon: IconFolderPlus,
      images: own,
      act: (chosen) => add(chosen),
    },
    { words: 'Share', icon: IconShare, images: own, act: openSharing },
  ];
  if (album === undefined) return choices;
  const [only] = images;
  return [
    ...choices,
    {
      words: 'Take out of the album',
      icon: IconFolderMinus,
      images: isOwner ? images : album.role === 'contributor' ? own : [],
      act: (chosen) => void run(chosen, 'album_remove', album),
    },
    {
      words: 'Move to the front',
      icon: IconArrowBarToUp,
      images:
        album.role === 'owner' && album.order === 'manual' && images.length <= MAX_PER_CALL ? images : [],
      act: (chosen) => move({ images: chosen, album }),
    },
    {
      words: 'Make it the cover',
      icon: IconBookmark,
      images: isOwner && images.length === 1 && only?.id !== album.cover?.id ? images : [],
      act: ([cover]) =>
        cover &&
        change.mutate(
          { album, change: { cover: cover.id } },
          { onError: (error) => notifyFailure('The cover was not changed', error) },
        ),
    },
  ];
}

function openSharing(images: readonly Image[]): void {
  void openDialog({
    title: `Share ${countOf(images.length)} by a link`,
    children: <ShareMany images={images} />,
  });
}
