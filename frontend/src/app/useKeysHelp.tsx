import { useWindowEvent } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { isPlainKey } from '@/shared/keys';
import { closeDialog, openDialog } from '@/shared/dialogs';

const KeysHelp = lazy(() => import('./KeysHelp'));
const DIALOG = 'keys';

/** Shows all keys. */
export function openKeysHelp(): void {
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
}

/** Shows all keys at a question mark, unless somebody is writing one. */
export function useKeysHelp(): void {
  useWindowEvent('keydown', (event) => {
    if (event.key === '?' && isPlainKey(event)) openKeysHelp();
  });
}
