import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { missingOf, PasswordRules } from './PasswordRules';

/** Each step begins where there is something to fill in. */
const focus = (field: HTMLInputElement | null) => field?.focus();

/** The button that shows a password can be reached by keyboard. */
export const SHOW = { 'aria-label': 'Show the password', tabIndex: 0 };

interface FormProps {
  words?: string;
  button: string;
  busy: boolean;
  /** What else can be done here, below the button. */
  otherwise?: ReactNode;
  /** Told what was filled in, by the fields' names. */
  onFilled: (filled: (name: string) => string) => void;
  children: ReactNode;
}

export function Form({ words, button, busy, otherwise, onFilled, children }: FormProps) {
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
        {otherwise}
      </Stack>
    </form>
  );
}

export function EmailField({ email }: { email: string }) {
  return (
    <TextInput
      ref={focus}
      name="email"
      type="email"
      label="E-mail address"
      autoComplete="username"
      defaultValue={email}
      data-autofocus
      required
      withAsterisk={false}
    />
  );
}

/** Ties a new password to its account for password managers, which look for a user name beside it. */
export function AccountName({ email }: { email: string }) {
  return <input type="text" name="email" autoComplete="username" value={email} readOnly hidden />;
}

interface StepButtonProps {
  children: string;
  onClick: () => void;
}

/** Leads to another step. */
export function StepButton({ children, onClick }: StepButtonProps) {
  return (
    <Anchor component="button" type="button" size="sm" ta="start" onClick={onClick}>
      {children}
    </Anchor>
  );
}

interface NewPasswordFieldProps {
  label: string;
  first?: boolean;
}

/** A password to be chosen, with what it still lacks; a form isn't sent before it lacks nothing. */
export function NewPasswordField({ label, first = false }: NewPasswordFieldProps) {
  const [password, setPassword] = useState('');
  return (
    <PasswordInput
      ref={first ? focus : undefined}
      name="password"
      label={label}
      description={<PasswordRules password={password} />}
      inputWrapperOrder={['label', 'input', 'description']}
      autoComplete="new-password"
      onChange={({ currentTarget }) => {
        setPassword(currentTarget.value);
        const missing = missingOf(currentTarget.value);
        currentTarget.setCustomValidity(missing.length > 0 ? `Still missing: ${missing.join(', ')}.` : '');
      }}
      required
      withAsterisk={false}
      visibilityToggleButtonProps={SHOW}
    />
  );
}

export function CodeField({ label }: { label: string }) {
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
