/** Signing in at the gallery's user pool. Large, so fetched only by whoever signs in; the rest of the page asks session.ts. */
import {
  AuthError,
  confirmResetPassword,
  confirmSignIn,
  confirmSignUp,
  fetchAuthSession,
  getCurrentUser,
  resendSignUpCode,
  resetPassword,
  signIn,
  signOut,
  signUp,
  type SignInOutput,
} from '@aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from '@aws-amplify/auth/cognito';
import { Amplify } from '@aws-amplify/core';
import { Problem } from '@/api/problem';
import type { IdentitySettings, Person } from '@/api/types';
import { inOurWords } from './poolWords';

/** What the pool wants next of somebody who signs in. */
export type NextStep = 'done' | 'new-password' | 'code' | 'reset-password' | 'confirm';

/** What proves who is signed in, and who that is. */
export interface Session {
  token: string;
  person: Person;
}

/** Points the client at the gallery's pool. */
export function configure({ user_pool_id, client_id, endpoint }: IdentitySettings): void {
  const pool = { userPoolId: user_pool_id, userPoolClientId: client_id };
  const Auth = { Cognito: { ...pool, ...(endpoint !== null && { userPoolEndpoint: endpoint }) } };
  cognitoUserPoolsTokenProvider.setAuthConfig(Auth);
  Amplify.configure({ Auth }, { Auth: { tokenProvider: cognitoUserPoolsTokenProvider } });
}

/** Starts to sign somebody in; the password never leaves this page (secure remote password). */
export async function startSignIn(email: string, password: string): Promise<NextStep> {
  await signOut(); // whoever was here before
  return nextStep(await inOurWords(signIn({ username: email, password })));
}

/** Signs somebody in by a passkey that one of their devices keeps for this gallery. */
export async function startSignInByPasskey(email: string): Promise<NextStep> {
  await signOut();
  const options = { authFlowType: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN' } as const;
  return nextStep(await inOurWords(signIn({ username: email, options })));
}

/** Makes an account, and has a code sent to its address. */
export async function register(email: string, password: string): Promise<void> {
  await inOurWords(signUp({ username: email, password, options: { userAttributes: { email } } }));
}

/** Confirms by that code that the address is theirs; an address confirmed before is all right. */
export async function confirm(email: string, code: string): Promise<void> {
  const confirmed = confirmSignUp({ username: email, confirmationCode: code });
  await inOurWords(confirmed.catch(unlessConfirmed));
}

/** Sends another code to the address of a new account. */
export async function sendCodeAgain(email: string): Promise<void> {
  await inOurWords(resendSignUpCode({ username: email }));
}

/** Goes on with a new password or a code, whichever was asked for. */
export async function answer(response: string): Promise<NextStep> {
  return nextStep(await inOurWords(confirmSignIn({ challengeResponse: response })));
}

/** Sends a code to the address of somebody who has forgotten the password. */
export async function sendCode(email: string): Promise<void> {
  await inOurWords(resetPassword({ username: email }));
}

/** Sets a new password by that code. */
export async function choosePassword(email: string, code: string, password: string): Promise<void> {
  await inOurWords(confirmResetPassword({ username: email, confirmationCode: code, newPassword: password }));
}

/** Returns the session, renewed where it is about to end or where told to; null when nobody is signed in any more. */
export async function currentSession(renew: boolean): Promise<Session | null> {
  const { tokens } = await inOurWords(fetchAuthSession({ forceRefresh: renew }));
  if (!tokens) return null;
  const { accessToken, idToken } = tokens;
  const { sub, 'cognito:groups': groups } = accessToken.payload;
  const email = idToken?.payload.email ?? (await getCurrentUser()).signInDetails?.loginId;
  return {
    token: accessToken.toString(),
    person: {
      sub: sub ?? '',
      email: typeof email === 'string' ? email : '',
      admin: Array.isArray(groups) && groups.includes('admin'),
    },
  };
}

/** Revokes the session where the pool can be reached, and forgets it in any case. */
export async function leave(): Promise<void> {
  await signOut();
}

function unlessConfirmed(error: unknown): void {
  if (!(error instanceof AuthError && /current status is confirmed/i.test(error.message))) throw error;
}

function nextStep({ nextStep: { signInStep } }: SignInOutput): NextStep {
  switch (signInStep) {
    case 'DONE':
      return 'done';
    case 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED':
      return 'new-password';
    case 'CONFIRM_SIGN_IN_WITH_TOTP_CODE':
      return 'code';
    case 'RESET_PASSWORD':
      return 'reset-password';
    case 'CONFIRM_SIGN_UP':
      return 'confirm';
    case 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION': // what the pool offers where there is no passkey to ask for
      throw new Problem(400, 'There is no passkey for this account. Please use the password.');
    default:
      throw new Problem(400, 'This account asks for a way of signing in that this page doesn’t know.');
  }
}
