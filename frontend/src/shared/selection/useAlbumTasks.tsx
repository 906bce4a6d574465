import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePerson } from '@/api/person';
import type { Album, Image } from '@/api/types';
import { AlbumChoice } from '@/shared/albums/AlbumChoice';
import { albumsKey } from '@/shared/albums/keys';
import { movePictures } from '@/shared/albums/order';
import { closeDialog, openDialog } from '@/shared/dialogs';
import { imagesKey, listKey } from '@/shared/pictures/cache';
import { isolated } from '@/shared/pictures/words';
import { changeEach, lineOf } from './changeEach';
import { notifyFailure, notifyOutcome } from './notifyOutcome';
import { countOf, type BatchTask } from './useBatchTask';

const DIALOG = 'add-to-album';

type Action = 'album_add' | 'album_remove';

const WORDS = {
  album_add: {
    doing: 'Adding to',
    done: (pictures: number) => `${countOf(pictures)} ${pictures === 1 ? 'is' : 'are'} now in`,
    failed: 'not added',
    undo: 'album_remove',
  },
  album_remove: {
    doing: 'Taking out of',
    done: (pictures: number) => `${countOf(pictures)} taken out of`,
    failed: 'not taken out',
    undo: 'album_add',
  },
} as const;

/** Returns a function that puts pictures into an album or takes them out, as work that can be stopped; one's own can be put back. */
export function useAlbumTask(begin: BatchTask['begin']) {
  const client = useQueryClient();
  const person = usePerson();
  const run = (images: readonly Image[], action: Action, album: Album, isUndo = false): Promise<void> => {
    const words = WORDS[action];
    const title = `“${isolated(album.title)}”`;
    return begin(`${words.doing} ${title}`, images.length, async (signal, advance) => {
      const { done, lines } = await changeEach(images, { action, album: album.id }, signal, advance);
      await client.invalidateQueries({ queryKey: albumsKey });
      await client.invalidateQueries({ queryKey: imagesKey });
      const own = done.filter(({ owner }) => owner === person?.sub);
      notifyOutcome({
        message: `${words.done(done.length)} ${title}.`,
        title: `${countOf(lines.length)} ${words.failed}`,
        lines,
        undo: isUndo || own.length === 0 ? null : () => void run(own, words.undo, album, true),
      });
    });
  };
  return (images: readonly Image[], action: Action, album: Album) => run(images, action, album);
}

/** Returns a function that puts up to a hundred pictures first, in their order, in an album that is ordered by hand. */
export function useMoveToFront() {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ images, album }: { images: readonly Image[]; album: Album }) =>
      movePictures(
        album.id,
        images.map(({ id }) => id),
        null,
      ),
    onSuccess: async (reasons, { images, album }) => {
      await client.invalidateQueries({ queryKey: listKey({ kind: 'album', album: album.id }) });
      notifyOutcome({
        message: `${countOf(images.length - reasons.size)} moved to the front.`,
        title: `${countOf(reasons.size)} not moved`,
        lines: images.flatMap((image) => lineOf(image, reasons.get(image.id))),
      });
    },
    onError: (error) => notifyFailure('The pictures were not moved', error),
  });
  return mutate;
}

/** Returns a function that asks to which album pictures shall be added, and adds them. */
export function useAddToAlbum(begin: BatchTask['begin']): (images: readonly Image[]) => void {
  const run = useAlbumTask(begin);
  return (images) => {
    const add = (album: Album) => {
      closeDialog(DIALOG);
      void run(images, 'album_add', album);
    };
    void openDialog({
      modalId: DIALOG,
      title: `Add ${countOf(images.length)} to an album`,
      children: <AlbumChoice onChosen={add} />,
    });
  };
}
