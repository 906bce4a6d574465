import { modals } from '@mantine/modals';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** What shows dialogs comes after the first view of the page, or as soon as one is asked for. */
const stage = createStore(() => ({ isAsked: false, isThere: false }));

type Stage = typeof stage extends StoreApi<infer State> ? State : never;

function until(holds: (state: Stage) => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (holds(stage.getState())) {
      resolve();
      return;
    }
    const forget = stage.subscribe((state) => {
      if (!holds(state)) return;
      forget();
      resolve();
    });
  });
}

/** Notes that dialogs can be shown from now on; returns what notes that they can't any more. */
export function beginDialogs(): () => void {
  stage.setState({ isThere: true });
  return () => stage.setState({ isAsked: false, isThere: false });
}

/** Resolves as soon as somebody opens a dialog. */
export function whenAsked(): Promise<void> {
  return until(({ isAsked }) => isAsked);
}

function whenThere(): Promise<void> {
  stage.setState({ isAsked: true });
  return until(({ isThere }) => isThere);
}

/** Opens a dialog, as soon as dialogs can be shown. */
export async function openDialog(dialog: Parameters<typeof modals.open>[0]): Promise<void> {
  await whenThere();
  modals.open(dialog);
}

/** Asks somebody to confirm something, as soon as dialogs can be shown. */
export async function askToConfirm(question: Parameters<typeof modals.openConfirmModal>[0]): Promise<void> {
  await whenThere();
  modals.openConfirmModal(question);
}

export function retitleDialog(id: string, title: string): void {
  modals.updateModal({ modalId: id, title });
}

export function closeDialog(id: string): void {
  modals.close(id);
}
