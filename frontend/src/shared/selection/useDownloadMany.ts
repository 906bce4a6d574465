import { notifications } from '@mantine/notifications';
import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import { findDownload } from '@/shared/pictures/findDownload';
import { isolated } from '@/shared/pictures/words';
import { archiveOf } from './archive';
import { nameInList } from './nameInList';
import { saveStream } from './saveStream';
import { shortened, notifyOutcome } from './notifyOutcome';
import { countOf, type BatchTask } from './useBatchTask';

/** Returns a function that saves pictures in one ZIP archive, as work that can be stopped. */
export function useDownloadMany(begin: BatchTask['begin']): (images: readonly Image[]) => Promise<void> {
  return (images) =>
    begin('Packing', images.length, async (signal, advance) => {
      const missing: string[] = [];
      const onMissing = (image: Image, reason: string) =>
        missing.push(`“${isolated(nameInList(image))}”: ${reason}`);
      const bytes = images.reduce((sum, { size }) => sum + (size ?? 0), 0);
      try {
        const start = () => archiveOf(images, { find: findDownload, signal, advance, onMissing });
        if (await saveStream(archiveName(new Date()), bytes, start, signal))
          notifyOutcome({
            message: `Saved ${countOf(images.length - missing.length)}.`,
            title: `${countOf(missing.length)} left out`,
            lines: missing,
          });
      } catch (error) {
        if (signal.aborted) return;
        const message = [inWords(error), ...shortened(missing)].join(' ');
        notifications.show({ color: 'red', autoClose: false, title: 'The pictures were not saved', message });
      }
    });
}

function archiveName(now: Date): string {
  return `pictures-${now.toISOString().slice(0, 10)}.zip`;
}
