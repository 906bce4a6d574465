import { modals } from '@mantine/modals';

let begin: () => void = () => undefined;
const begun = new Promise<void>((resolve) => {
  begin = resolve;
});

/** Notes that dialogs can be shown from now on; their code comes after the first view of the page. */
export function beginDialogs(): void {
  begin();
}

/** Opens a dialog, as soon as dialogs can be shown. */
export async function openDialog(dialog: Parameters<typeof modals.open>[0]): Promise<void> {
  await begun;
  modals.open(dialog);
}

/** Asks somebody to confirm something, as soon as dialogs can be shown. */
export async function askToConfirm(question: Parameters<typeof modals.openConfirmModal>[0]): Promise<void> {
  await begun;
  modals.openConfirmModal(question);
}

export function retitleDialog(id: string, title: string): void {
  modals.updateModal({ modalId: id, title });
}

export function closeDialog(id: string): void {
  modals.close(id);
}
