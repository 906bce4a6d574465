import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { inWords } from '@/api/problem';

const DIALOG = 'sign-in';

/** Opens the dialog to sign in, once its code is there: most visitors never need it. */
export async function openSignIn(): Promise<void> {
  try {
    const { SignIn } = await import('./SignIn');
    modals.open({
      modalId: DIALOG,
      title: 'Sign in',
      children: <SignIn onDone={() => modals.close(DIALOG)} />,
    });
  } catch (error) {
    notifications.show({ color: 'red', title: 'Signing in is not possible now', message: inWords(error) });
  }
}
