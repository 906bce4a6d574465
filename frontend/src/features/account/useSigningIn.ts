import { useState } from 'react';
import type { NextStep } from '@/api/cognito';
import { completeSignIn, identityProvider } from '@/api/session';
import { useAttempts } from './useAttempts';

export type Step = Exclude<NextStep, 'done'> | 'password' | 'forgotten' | 'sign-up';
type Provider = Awaited<ReturnType<typeof identityProvider>>;

/** The way in, step by step as the user pool asks for them: where somebody is on it, and what they can do there. */
export function useSigningIn(onStep: (step: Step) => void, onDone: () => void) {
  const [step, setStep] = useState<Step>('password');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { attempt, forget, ...outcome } = useAttempts();

  const show = (next: Step) => {
    forget();
    setStep(next);
    onStep(next);
  };
  const go = (ask: (provider: Provider) => Promise<Step | 'done'>) =>
    void attempt(async () => {
      const next = await ask(await identityProvider());
      if (next !== 'done') {
        show(next);
        return;
      }
      await completeSignIn();
      onDone();
    });
  /** Goes on as somebody; the password needn't be typed again in the steps that follow. */
  const goAs = (address: string, secret: string, ask: (provider: Provider) => Promise<Step | 'done'>) => {
    setEmail(address);
    setPassword(secret);
    go(ask);
  };

  return {
    ...outcome,
    step,
    email,
    show,
    signIn: (address: string, secret: string) =>
      goAs(address, secret, ({ startSignIn }) => startSignIn(address, secret)),
    signInByPasskey: (address: string) =>
      goAs(address, '', ({ startSignInByPasskey }) => startSignInByPasskey(address)),
    signUp: (address: string, secret: string) =>
      goAs(address, secret, ({ register }) => register(address, secret).then(() => 'confirm')),
    confirm: (code: string) =>
      go(({ confirm, startSignIn }) => confirm(email, code).then(() => startSignIn(email, password))),
    sendCodeAgain: () =>
      void attempt(
        async () => (await identityProvider()).sendCodeAgain(email),
        'Another code is on its way. Only the newest one works.',
      ),
    answer: (response: string) => go(({ answer }) => answer(response)),
    askForCode: (address: string) =>
      goAs(address, '', ({ sendCode }) => sendCode(address).then(() => 'reset-password')),
    choosePassword: (code: string, secret: string) =>
      go(({ choosePassword, startSignIn }) =>
        choosePassword(email, code, secret).then(() => startSignIn(email, secret)),
      ),
  };
}
