import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

const RULES = 'At least 12 characters, with small and capital letters, a digit and a symbol.';

/** Each step begins where there is something to fill in. */
const focus = (field: HTMLInputElement | null) => field?.focus();

interface FormProps {
  words?: string;
  button: string;
  busy: boolean;
  /** Told what was filled in, by the fields' names. */
  onFilled: (filled: (name: string) => string) => void;
  children: ReactNode;
}

function Form({ words, button, busy, onFilled, children }: FormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        onFilled((name) => {
          const value = data.get(name);
          return typeof value === 'string' ? value : '';
        });
      }}
    >
      <Stack gap="md">
        {words && <Text size="sm">{words}</Text>}
        {children}
        <Button type="submit" loading={busy}>
          {button}
        </Button>
      </Stack>
    </form>
  );
}

function EmailField({ email, first }: { email: string; first: boolean }) {
  return (
    <TextInput
      ref={first ? focus : undefined}
      name="email"
      type="email"
      label="E-mail address"
      autoComplete="username"
      defaultValue={email}
      data-autofocus={first || undefined}
      required
      withAsterisk={false}
    />
  );
}

/** Ties a new password to its account for password managers, which look for a user name beside it. */
function AccountName({ email }: { email: string }) {
  return <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />;
}

function NewPasswordField({ first }: { first: boolean }) {
  return (
    <PasswordInput
      ref={first ? focus : undefined}
      name="password"
      label="New password"
      description={RULES}
      autoComplete="new-password"
      minLength={12}
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
    />
  );
}

function CodeField({ label }: { label: string }) {
  return (
    <TextInput
      ref={focus}
      name="code"
      label={label}
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="\s*[0-9]{6}\s*"
      title="Six digits"
      required
      withAsterisk={false}
    />
  );
}

interface PasswordFormProps {
  email: string;
  busy: boolean;
  onSubmit: (email: string, password: string) => void;
  onForgotten: () => void;
}

export function PasswordForm({ email, busy, onSubmit, onForgotten }: PasswordFormProps) {
  return (
    <Form
      button="Sign in"
      busy={busy}
      onFilled={(filled) => onSubmit(filled('email').trim(), filled('password'))}
    >
      <EmailField email={email} first />
      <PasswordInput
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
      />
      <Anchor component="button" type="button" size="sm" ta="start" onClick={onForgotten}>
        Forgotten password
      </Anchor>
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
      <NewPasswordField first />
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

export function ForgottenForm({ email, busy, onSubmit }: AnswerFormProps & { email: string }) {
  return (
    <Form
      words="A code will be sent to you, with which you can choose a new password."
      button="Send the code"
      busy={busy}
      onFilled={(filled) => onSubmit(filled('email').trim())}
    >
      <EmailField email={email} first />
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
      <NewPasswordField first={false} />
    </Form>
  );
}
