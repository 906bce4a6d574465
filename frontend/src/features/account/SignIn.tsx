import { Alert, Stack } from '@mantine/core';
import { useState } from 'react';
import { inWords } from '@/api/problem';
import type { NextStep } from '@/shared/account/cognito';
import { arrive, identityProvider } from '@/shared/account/session';
import { CodeForm, ForgottenForm, NewPasswordForm, PasswordForm, ResetForm } from './forms';

type Step = Exclude<NextStep, 'done'> | 'password' | 'forgotten';
type Provider = Awaited<ReturnType<typeof identityProvider>>;

/** Signs somebody in, step by step as the user pool asks for them. */
export function SignIn({ onDone }: { onDone: () => void }) {
  const [step, setStep] = useState<Step>('password');
  const [email, setEmail] = useState('');
  const { busy, trouble, attempt } = useAttempts();

  const go = (ask: (provider: Provider) => Promise<NextStep>) =>
    attempt(async () => {
      const next = await ask(await identityProvider());
      if (next !== 'done') {
        setStep(next);
        return;
      }
      await arrive();
      onDone();
    });
  const signIn = (address: string, password: string) => {
    setEmail(address);
    void go((provider) => provider.enter(address, password));
  };
  const sendCode = (address: string) => {
    setEmail(address);
    void attempt(async () => {
      await (await identityProvider()).sendCode(address);
      setStep('reset-password');
    });
  };
  const choose = (code: string, password: string) =>
    void go(async (provider) => {
      await provider.choosePassword(email, code, password);
      return provider.enter(email, password);
    });
  const answer = (response: string) => void go((provider) => provider.answer(response));

  const forms: Record<Step, React.ReactNode> = {
    password: (
      <PasswordForm email={email} busy={busy} onForgotten={() => setStep('forgotten')} onSubmit={signIn} />
    ),
    'new-password': <NewPasswordForm email={email} busy={busy} onSubmit={answer} />,
    code: <CodeForm busy={busy} onSubmit={answer} />,
    forgotten: <ForgottenForm email={email} busy={busy} onSubmit={sendCode} />,
    'reset-password': <ResetForm email={email} busy={busy} onSubmit={choose} />,
  };
  return (
    <Stack gap="md">
      {forms[step]}
      {trouble !== null && <Alert color="red">{inWords(trouble)}</Alert>}
    </Stack>
  );
}

/** Runs one attempt at a time and keeps what went wrong with the last one. */
function useAttempts() {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    setTrouble(null);
    try {
      await act();
    } catch (error) {
      setTrouble(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, trouble, attempt };
}
