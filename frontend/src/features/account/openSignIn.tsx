import { notifications } from '@mantine/notifications';
import { inWords } from '@/api/problem';
import { closeDialog, openDialog } from '@/shared/dialogs';

const DIALOG = 'sign-in';

/** Opens the dialog to sign in, once its code is there: most visitors never need it. */
export async function openSignIn(): Promise<void> {
  try {
    const { SignIn } = await import('./SignIn');
    await openDialog({
      modalId: DIALOG,
      title: 'Sign in',
      children: <SignIn onDone={() => closeDialog(DIALOG)} />,
    });
  } catch (error) {
    notifications.show({ color: 'red', title: 'Signing in is not possible now', message: inWords(error) });
  }
}
