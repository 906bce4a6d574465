import { notifications } from '@mantine/notifications';
import { inWords } from '@/api/problem';
import type { IdentitySettings } from '@/api/types';
import { closeDialog, openDialog, retitleDialog } from '@/shared/dialogs';

const DIALOG = 'sign-in';

/** Opens the dialog to sign in, once its code is there: most visitors never need it. */
export async function openSignIn(identity: IdentitySettings): Promise<void> {
  try {
    const { SIGN_IN, SignIn } = await import('./SignIn');
    await openDialog({
      modalId: DIALOG,
      title: SIGN_IN,
      children: (
        <SignIn
          identity={identity}
          onTitle={(title) => retitleDialog(DIALOG, title)}
          onDone={() => closeDialog(DIALOG)}
        />
      ),
    });
  } catch (error) {
    notifications.show({ color: 'red', title: 'Signing in is not possible now', message: inWords(error) });
  }
}
