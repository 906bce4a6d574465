import { useWindowEvent } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { closeDialog, openDialog } from '@/shared/dialogs';

const KeysHelp = lazy(() => import('./KeysHelp'));
const DIALOG = 'keys';

/** Shows all keys at a question mark, unless somebody is writing one. */
export function useKeysHelp(): void {
  useWindowEvent('keydown', ({ key, target, altKey, ctrlKey, metaKey, defaultPrevented }) => {
    const writing = target instanceof Element && target.closest('input, textarea, [contenteditable]');
    if (key !== '?' || writing || altKey || ctrlKey || metaKey || defaultPrevented) return;
    closeDialog(DIALOG);
    void openDialog({
      modalId: DIALOG,
      title: 'Keys',
      children: (
        <Suspense>
          <KeysHelp />
        </Suspense>
      ),
    });
  });
}
