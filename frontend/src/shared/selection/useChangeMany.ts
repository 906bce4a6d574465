import { useQueryClient } from '@tanstack/react-query';
import type { Image } from '@/api/types';
import { imagesKey } from '@/shared/pictures/cache';
import type { ManyChange } from '@/shared/pictures/changeMany';
import { forgetDeletion } from '@/shared/pictures/useDeletedIds';
import { changeEach } from './changeEach';
import { notifyOutcome } from './notifyOutcome';
import { countOf, type BatchTask } from './useBatchTask';

/** A change of many pictures that can be undone, in words. */
interface Undoable {
  readonly change: ManyChange;
  readonly doing: string;
  /** What is so of the pictures afterwards. */
  readonly done: string;
}

type Name =
  | 'hide'
  | 'publish'
  | 'hideCaption'
  | 'showCaption'
  | 'favourite'
  | 'unfavourite'
  | 'archive'
  | 'unarchive'
  | 'trash'
  | 'restore';

const CHANGES: Readonly<Record<Name, Undoable & { readonly undo: Name }>> = {
  hide: {
    change: { action: 'visibility', visibility: 'private' },
    doing: 'Making private',
    done: 'for their owners and admins alone now',
    undo: 'publish',
  },
  publish: {
    change: { action: 'visibility', visibility: 'public' },
    doing: 'Publishing',
    done: 'public now',
    undo: 'hide',
  },
  hideCaption: {
    change: { action: 'caption_hidden', caption_hidden: true },
    doing: 'Hiding captions',
    done: 'without a caption now',
    undo: 'showCaption',
  },
  showCaption: {
    change: { action: 'caption_hidden', caption_hidden: false },
    doing: 'Showing captions',
    done: 'shown with a caption again',
    undo: 'hideCaption',
  },
  favourite: {
    change: { action: 'favourite', favourite: true },
    doing: 'Adding to your favourites',
    done: 'among your favourites now',
    undo: 'unfavourite',
  },
  unfavourite: {
    change: { action: 'favourite', favourite: false },
    doing: 'Taking out of your favourites',
    done: 'no favourites of yours any more',
    undo: 'favourite',
  },
  archive: {
    change: { action: 'archive' },
    doing: 'Archiving',
    done: 'in the archive now',
    undo: 'unarchive',
  },
  unarchive: {
    change: { action: 'unarchive' },
    doing: 'Taking out of the archive',
    done: 'out of the archive again',
    undo: 'archive',
  },
  trash: {
    change: { action: 'trash' },
    doing: 'Moving to the trash',
    done: 'in the trash for 30 days',
    undo: 'restore',
  },
  restore: {
    change: { action: 'restore' },
    doing: 'Restoring',
    done: 'out of the trash again',
    undo: 'trash',
  },
};

/** Returns a function that changes pictures, as work that can be stopped, and offers to undo it. */
export function useChangeMany(begin: BatchTask['begin']) {
  const client = useQueryClient();
  const run = (images: readonly Image[], name: Name, isUndo = false): Promise<void> => {
    const { change, doing, done: so, undo } = CHANGES[name];
    return begin(doing, images.length, async (signal, advance) => {
      const { done, lines } = await changeEach(images, change, signal, advance);
      if (name === 'restore') done.forEach(({ id }) => forgetDeletion(client, id));
      await client.invalidateQueries({ queryKey: imagesKey });
      notifyOutcome({
        message: `${countOf(done.length)} ${done.length === 1 ? 'is' : 'are'} ${so}.`,
        title: `${countOf(lines.length)} not changed`,
        lines,
        undo: isUndo || done.length === 0 ? null : () => void run(done, undo, true),
      });
    });
  };
  return (images: readonly Image[], name: Name) => run(images, name);
}
