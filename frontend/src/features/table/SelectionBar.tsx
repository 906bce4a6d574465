import { Button, Paper, Progress, Text } from '@mantine/core';
import { IconFileZip, IconLock, IconTrash, IconWorld } from '@tabler/icons-react';
import type { Image } from '@/api/types';
import { usePerson } from '@/shared/account/person';
import { mayChange } from '@/shared/account/rights';
import { useSettings } from '@/shared/settings';
import classes from './Table.module.css';
import { useDeleteMany } from './useDeleteMany';
import { useDownloadMany } from './useDownloadMany';
import { useShowMany } from './useShowMany';
import { useWork, type Progress as Standing } from './work';

interface SelectionBarProps {
  /** What is selected. */
  images: readonly Image[];
  onClear: () => void;
}

/** What can be done with the selected pictures, or how far it is. */
export function SelectionBar({ images, onClear }: SelectionBarProps) {
  const [settings, person] = [useSettings(), usePerson()];
  const { begin, progress, stop } = useWork();
  const download = useDownloadMany(begin);
  const askToDelete = useDeleteMany(begin);
  const show = useShowMany(begin);
  const own = images.filter((image) => mayChange(settings, person, image));
  const [hideable, publishable] = [changeable(own, 'private'), changeable(own, 'public')];
  if (images.length === 0 && progress === null) return null;
  return (
    <Paper component="section" aria-label="Selected pictures" className={classes.bar} shadow="lg">
      {progress === null ? (
        <Choices
          count={images.length}
          onDownload={() => void download(images)}
          onHide={hideable.length > 0 ? () => void show(hideable, 'private') : null}
          onPublish={publishable.length > 0 ? () => void show(publishable, 'public') : null}
          onDelete={own.length > 0 ? () => askToDelete(own, images.length - own.length) : null}
          onClear={onClear}
        />
      ) : (
        <Underway progress={progress} stop={stop} />
      )}
    </Paper>
  );
}

/** Returns which pictures are not as visible as that yet and can become so: not nobody's, nor what an admin hid. */
function changeable(own: readonly Image[], visibility: Image['visibility']): Image[] {
  return own.filter((image) => image.owner !== null && !image.hidden && image.visibility !== visibility);
}

interface ChoicesProps {
  count: number;
  onDownload: () => void;
  /** Null where none of them can be made private, or public. */
  onHide: (() => void) | null;
  onPublish: (() => void) | null;
  /** Null where none of them may be deleted. */
  onDelete: (() => void) | null;
  onClear: () => void;
}

function Choices({ count, onDownload, onHide, onPublish, onDelete, onClear }: ChoicesProps) {
  return (
    <>
      <Text size="sm" fw={600} role="status">
        {count.toLocaleString('en')} selected
      </Text>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconFileZip size={16} aria-hidden />}
        onClick={onDownload}
      >
        Download as ZIP
      </Button>
      {onHide && (
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconLock size={16} aria-hidden />}
          onClick={onHide}
        >
          Make private
        </Button>
      )}
      {onPublish && (
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconWorld size={16} aria-hidden />}
          onClick={onPublish}
        >
          Make public
        </Button>
      )}
      {onDelete && (
        <Button
          size="compact-md"
          color="red.8"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={onDelete}
        >
          Delete
        </Button>
      )}
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
