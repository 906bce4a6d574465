import { Button, Paper, Progress, Text } from '@mantine/core';
import {
  IconArchive,
  IconArchiveOff,
  IconCalendarTime,
  IconEyeOff,
  IconFileZip,
  IconHeart,
  IconHeartOff,
  IconLock,
  IconRestore,
  IconTrash,
  IconTrashX,
  IconWorld,
} from '@tabler/icons-react';
import { useEffect } from 'react';
import type { Image } from '@/api/types';
import { usePerson } from '@/api/person';
import { mayChange } from '@/shared/account/rights';
import { useSettings } from '@/shared/settings';
import type { Choice } from './choice';
import classes from './SelectionBar.module.css';
import { useAlbumChoices } from './useAlbumChoices';
import { useReviewChoices } from './useReviewChoices';
import { useAskToShift } from './useShiftDates';
import { useChangeMany } from './useChangeMany';
import { useDeleteMany } from './useDeleteMany';
import { useDownloadMany } from './useDownloadMany';
import { useBatchTask, type Progress as Standing, type BatchTask } from './useBatchTask';

interface SelectionBarProps {
  /** What is selected. */
  images: readonly Image[];
  onClear: () => void;
}

/** What can be done with the selected pictures, or how far it is. */
export default function SelectionBar({ images, onClear }: SelectionBarProps) {
  const { begin, progress, stop } = useBatchTask();
  const choices = useChoices(images, begin);
  useFocusLeft();
  if (images.length === 0 && progress === null) return null;
  return (
    <Paper component="section" aria-label="Selected pictures" className={classes.bar} shadow="lg">
      {progress === null ? (
        <Choices count={images.length} choices={choices} onClear={onClear} />
      ) : (
        <Underway progress={progress} stop={stop} />
      )}
    </Paper>
  );
}

/** Leaves the focus, once the bar or what was pressed in it is gone, where the pictures begin. */
function useFocusLeft(): void {
  useEffect(() => {
    if (document.activeElement === document.body)
      document.getElementById('content')?.focus({ preventScroll: true });
  });
}

/** Returns what can be done with at least one of the pictures. */
function useChoices(images: readonly Image[], begin: BatchTask['begin']): Choice[] {
  const [settings, person] = [useSettings(), usePerson()];
  const download = useDownloadMany(begin);
  const change = useChangeMany(begin);
  const askToShift = useAskToShift(begin);
  const changeable = images.filter((image) => mayChange(settings, person, image));
  const own = changeable.filter(({ trashed_at }) => trashed_at === null);
  const liked = images.filter(({ favourite }) => favourite);
  const ofTrash = useTrashChoices(changeable, images.length, begin);
  const ofGuests = useReviewChoices(images, begin);
  const ofAlbums = useAlbumChoices(images, begin);
  const all: Choice[] = [
    ...ofGuests,
    ...ofAlbums,
    { words: 'Download as ZIP', icon: IconFileZip, images, act: (chosen) => void download(chosen) },
    {
      words: 'Favourite',
      icon: IconHeart,
      images: person === null ? [] : images.filter(({ favourite, trashed_at }) => !favourite && !trashed_at),
      act: (chosen) => void change(chosen, 'favourite'),
    },
    {
      words: 'No favourite',
      icon: IconHeartOff,
      images: liked.length === images.length ? liked : [],
      act: (chosen) => void change(chosen, 'unfavourite'),
    },
    {
      words: 'Make private',
      icon: IconLock,
      images: notYet(own, 'private'),
      act: (chosen) => void change(chosen, 'hide'),
    },
    {
      words: 'Make public',
      icon: IconWorld,
      images: notYet(own, 'public'),
      act: (chosen) => void change(chosen, 'publish'),
    },
    {
      words: 'Hide captions',
      icon: IconEyeOff,
      images: own.filter(({ caption, caption_hidden }) => caption !== null && !caption_hidden),
      act: (chosen) => void change(chosen, 'hideCaption'),
    },
    { words: 'Shift dates', icon: IconCalendarTime, images: own, act: askToShift },
    ...archiveChoices(own, change),
    ...ofTrash,
  ];
  return all.filter((choice) => choice.images.length > 0);
}

/** Returns what can be done towards the archive and from there. */
function archiveChoices(own: readonly Image[], change: ReturnType<typeof useChangeMany>): Choice[] {
  return [
    {
      words: 'Archive',
      icon: IconArchive,
      images: own.filter(({ archived, owner }) => !archived && owner !== null),
      act: (chosen) => void change(chosen, 'archive'),
    },
    {
      words: 'Out of the archive',
      icon: IconArchiveOff,
      images: own.filter(({ archived }) => archived),
      act: (chosen) => void change(chosen, 'unarchive'),
    },
  ];
}

/** Returns what can be done towards the trash and from there with pictures, of so many that are selected. */
function useTrashChoices(
  changeable: readonly Image[],
  selected: number,
  begin: BatchTask['begin'],
): Choice[] {
  const change = useChangeMany(begin);
  const askToDelete = useDeleteMany(begin);
  const trashed = changeable.filter(({ trashed_at }) => trashed_at !== null);
  return [
    {
      words: 'Move to trash',
      icon: IconTrash,
      images: changeable.filter(({ trashed_at }) => trashed_at === null),
      act: (chosen) => void change(chosen, 'trash'),
    },
    {
      words: 'Restore',
      icon: IconRestore,
      images: trashed,
      act: (chosen) => void change(chosen, 'restore'),
    },
    {
      words: 'Delete for good',
      icon: IconTrashX,
      images: trashed,
      act: (chosen) => askToDelete(chosen, selected - chosen.length),
      isFinal: true,
    },
  ];
}

/** Returns which pictures are not as visible as that yet and can become so: not nobody's, nor what an admin hid. */
function notYet(own: readonly Image[], visibility: Image['visibility']): Image[] {
  return own.filter((image) => image.owner !== null && !image.hidden && image.visibility !== visibility);
}

interface ChoicesProps {
  count: number;
  choices: readonly Choice[];
  onClear: () => void;
}

function Choices({ count, choices, onClear }: ChoicesProps) {
  return (
    <>
      <Text size="sm" fw={600} role="status">
        {count.toLocaleString('en')} selected
      </Text>
      {choices.map(({ words, icon: Sign, images, act, isFinal }) => (
        <Button
          key={words}
          size="compact-md"
          {...(isFinal ? { color: 'red.8' } : { variant: 'default' })}
          leftSection={<Sign size={16} aria-hidden />}
          onClick={() => act(images)}
        >
          {words}
        </Button>
      ))}
      <Button size="compact-md" variant="subtle" color="gray" onClick={onClear}>
        Select none
      </Button>
    </>
  );
}

function Underway({ progress, stop }: { progress: Standing; stop: () => void }) {
  const words = `${progress.words}: ${progress.done} of ${progress.total}`;
  return (
    <>
      <div className={classes.progress}>
        <Text size="sm" fw={600} role="status">
          {words}
        </Text>
        <Progress size="sm" value={(100 * progress.done) / progress.total} aria-label={words} />
      </div>
      <Button size="compact-md" variant="default" onClick={stop}>
        Stop
      </Button>
    </>
  );
}
