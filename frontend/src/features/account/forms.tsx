import { Button, PasswordInput, Text } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import type { IdentitySettings } from '@/api/types';
import { AccountName, CodeField, EmailField, Form, NewPasswordField, SHOW, StepButton } from './fields';

interface PasswordFormProps {
  identity: IdentitySettings;
  email: string;
  busy: boolean;
  onSubmit: (email: string, password: string) => void;
  onPasskey: (email: string) => void;
  onForgotten: () => void;
  onSignUp: () => void;
}

export function PasswordForm({ identity, email, busy, onSubmit, ...actions }: PasswordFormProps) {
  return (
    <Form
      button="Sign in"
      busy={busy}
      onFilled={(filled) => onSubmit(filled('email').trim(), filled('password'))}
      otherwise={
        <>
          {identity.passkeys && <PasskeyButton busy={busy} onPasskey={actions.onPasskey} />}
          {identity.sign_up === 'open' && (
            <StepButton onClick={actions.onSignUp}>New here? Create an account</StepButton>
          )}
          {identity.sign_up === 'invite' && (
            <Text size="sm" c="dimmed">
              No account yet? Ask the gallery’s owner for an invitation.
            </Text>
          )}
        </>
      }
    >
      <EmailField email={email} />
      <PasswordInput
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={SHOW}
      />
      <StepButton onClick={actions.onForgotten}>Forgotten password</StepButton>
    </Form>
  );
}

/** Signs in with the address in the form around it and no password. */
function PasskeyButton({ busy, onPasskey }: { busy: boolean; onPasskey: (email: string) => void }) {
  return (
    <Button
      variant="default"
      leftSection={<IconFingerprint size={18} aria-hidden />}
      disabled={busy}
      onClick={({ currentTarget: { form } }) => {
        const email = form?.elements.namedItem('email');
        if (email instanceof HTMLInputElement && email.reportValidity()) onPasskey(email.value.trim());
      }}
    >
      Sign in with a passkey
    </Button>
  );
}

interface SignUpFormProps {
  email: string;
  busy: boolean;
  onSubmit: (email: string, password: string) => void;
  onBack: () => void;
}

export function SignUpForm({ email, busy, onSubmit, onBack }: SignUpFormProps) {
  return (
    <Form
      button="Create the account"
      busy={busy}
      onFilled={(filled) => onSubmit(filled('email').trim(), filled('password'))}
      otherwise={<StepButton onClick={onBack}>I have an account</StepButton>}
    >
      <EmailField email={email} />
      <NewPasswordField label="Password" />
    </Form>
  );
}

interface ConfirmFormProps {
  email: string;
  busy: boolean;
  onSubmit: (code: string) => void;
  onAgain: () => void;
}

/** For people who have just signed up, or did so some time ago and left it at that. */
export function ConfirmForm({ email, busy, onSubmit, onAgain }: ConfirmFormProps) {
  return (
    <Form
      words={`A code has been sent to ${email}. It shows that the address is yours.`}
      button="Confirm"
      busy={busy}
      onFilled={(filled) => onSubmit(filled('code').trim())}
      otherwise={<StepButton onClick={onAgain}>Send another code</StepButton>}
    >
      <CodeField label="Code from the e-mail" />
    </Form>
  );
}

interface AnswerFormProps {
  busy: boolean;
  onSubmit: (answer: string) => void;
}

/** For people who were invited: the password they were sent serves once. */
export function NewPasswordForm({ email, busy, onSubmit }: AnswerFormProps & { email: string }) {
  return (
    <Form
      words="Welcome. Please choose a password of your own."
      button="Set the password"
      busy={busy}
      onFilled={(filled) => onSubmit(filled('password'))}
    >
      <AccountName email={email} />
      <NewPasswordField label="New password" first />
    </Form>
  );
}

export function CodeForm({ busy, onSubmit }: AnswerFormProps) {
  return (
    <Form button="Go on" busy={busy} onFilled={(filled) => onSubmit(filled('code').trim())}>
      <CodeField label="Code from your authenticator app" />
    </Form>
  );
}

interface ForgottenFormProps extends AnswerFormProps {
  email: string;
  onBack: () => void;
}

export function ForgottenForm({ email, busy, onSubmit, onBack }: ForgottenFormProps) {
  return (
    <Form
      words="A code will be sent to you, with which you can choose a new password."
      button="Send the code"
      busy={busy}
      onFilled={(filled) => onSubmit(filled('email').trim())}
      otherwise={<StepButton onClick={onBack}>Back to signing in</StepButton>}
    >
      <EmailField email={email} />
    </Form>
  );
}

interface ResetFormProps {
  email: string;
  busy: boolean;
  onSubmit: (code: string, password: string) => void;
}

export function ResetForm({ email, busy, onSubmit }: ResetFormProps) {
  return (
    <Form
      words={`If ${email} has an account here, a code is on its way to it.`}
      button="Set the password"
      busy={busy}
      onFilled={(filled) => onSubmit(filled('code').trim(), filled('password'))}
    >
      <AccountName email={email} />
      <CodeField label="Code from the e-mail" />
      <NewPasswordField label="New password" />
    </Form>
  );
}
