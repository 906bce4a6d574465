import { Text } from '@mantine/core';
import { askToConfirm } from '@/shared/dialogs';
import { useWhenQuiet } from '@/shared/whenQuiet';

/** Asks about files that another app has shared: no site may add pictures without a word, though any may send such a form. */
export function useSharedFiles(take: (files: readonly File[]) => void): void {
  useWhenQuiet(async () => {
    const { forgetSharedFiles, sharedFiles } = await import('./shared');
    const files = await sharedFiles();
    if (files.length === 0) return;
    const [count, they] = files.length === 1 ? ['1 file', 'it'] : [`${files.length} files`, 'them'];
    void askToConfirm({
      title: `Add ${count} from another app?`,
      children: <Text size="sm">The upload panel says who will see {they}.</Text>,
      labels: { confirm: `Add ${count}`, cancel: 'Throw away' },
      onConfirm: () => take(files),
      onClose: () => void forgetSharedFiles(),
    });
  });
}
