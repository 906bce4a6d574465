import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { useWindowEvent } from '@mantine/hooks';
import { askToConfirm } from '@/shared/dialogs';
import { guardLeaving } from '@/shared/leaving';

/** Asks before unsaved words are left behind: by going elsewhere on the page, or by closing it. */
export function useAskBeforeLeaving(unsaved: boolean): void {
  const { pathname } = useLocation();
  useEffect(() => {
    if (!unsaved) return undefined;
    return guardLeaving({ holds: (next) => next !== pathname, ask: askToDiscard });
  }, [unsaved, pathname]);
  useWindowEvent('beforeunload', (event) => {
    if (unsaved) event.preventDefault();
  });
}

/** Asks whether what is written shall be lost. */
export function askToDiscard(onDiscard: () => void, onKeep: () => void = () => undefined): void {
  let discarded = false;
  void askToConfirm({
    title: 'Discard what you have written?',
    labels: { confirm: 'Discard', cancel: 'Keep writing' },
    confirmProps: { color: 'red.8' },
    onConfirm: () => {
      discarded = true;
      onDiscard();
    },
    onClose: () => {
      if (!discarded) onKeep();
    },
  });
}
