import { Alert, Stack } from '@mantine/core';
import { inWords } from '@/api/problem';
import type { IdentitySettings } from '@/api/types';
import {
  CodeForm,
  ConfirmForm,
  ForgottenForm,
  NewPasswordForm,
  PasswordForm,
  ResetForm,
  SignUpForm,
} from './forms';
import { useSigningIn, type Step } from './useSigningIn';

export const SIGN_IN = 'Sign in';
const TITLES: Partial<Record<Step, string>> = {
  'sign-up': 'Create an account',
  confirm: 'Confirm your address',
};

interface SignInProps {
  identity: IdentitySettings;
  /** Told what to call the dialog from now on. */
  onTitle: (title: string) => void;
  onDone: () => void;
}

/** Signs somebody in or up. */
export function SignIn({ identity, onTitle, onDone }: SignInProps) {
  const way = useSigningIn((step) => onTitle(TITLES[step] ?? SIGN_IN), onDone);
  const { email, busy, error, done, show } = way;
  const back = () => show('password');
  const forms: Record<Step, React.ReactNode> = {
    password: (
      <PasswordForm
        {...{ identity, email, busy }}
        onSubmit={way.signIn}
        onPasskey={way.signInByPasskey}
        onForgotten={() => show('forgotten')}
        onSignUp={() => show('sign-up')}
      />
    ),
    'sign-up': <SignUpForm {...{ email, busy }} onSubmit={way.signUp} onBack={back} />,
    confirm: <ConfirmForm {...{ email, busy }} onSubmit={way.confirm} onAgain={way.sendCodeAgain} />,
    'new-password': <NewPasswordForm {...{ email, busy }} onSubmit={way.answer} />,
    code: <CodeForm busy={busy} onSubmit={way.answer} />,
    forgotten: <ForgottenForm {...{ email, busy }} onSubmit={way.askForCode} onBack={back} />,
    'reset-password': <ResetForm {...{ email, busy }} onSubmit={way.choosePassword} />,
  };
  return (
    <Stack gap="md">
      {forms[way.step]}
      {error !== null && <Alert color="red">{inWords(error)}</Alert>}
      <div role="status">{done !== null && <Alert>{done}</Alert>}</div>
    </Stack>
  );
}
