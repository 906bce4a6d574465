import { useCallback, useEffect } from 'react';
import { useBeforeUnload, useBlocker } from 'react-router';
import { askToConfirm } from '@/shared/dialogs';

/** Asks before unsaved words are left behind: by going elsewhere on the page, or by closing it. */
export function useAskBeforeLeaving(unsaved: boolean): void {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => unsaved && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state === 'blocked') askToDiscard(blocker.proceed, blocker.reset);
  }, [blocker]);
  useBeforeUnload(
    useCallback(
      (event) => {
        if (unsaved) event.preventDefault();
      },
      [unsaved],
    ),
  );
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
