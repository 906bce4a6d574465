import { notifications } from '@mantine/notifications';
import { inWords } from '@/api/problem';
import { openDialog } from '@/shared/dialogs';

/** Opens the list of somebody's passkeys. */
export async function openPasskeys(): Promise<void> {
  try {
    const { Passkeys } = await import('./Passkeys');
    await openDialog({ title: 'Passkeys', children: <Passkeys /> });
  } catch (error) {
    notifications.show({ color: 'red', title: 'Passkeys can’t be shown now', message: inWords(error) });
  }
}
