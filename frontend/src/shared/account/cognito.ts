/** Signing in at the gallery's user pool. Large, so fetched only by whoever signs in; the rest of the page asks session.ts. */
import {
  AuthError,
  confirmResetPassword,
  confirmSignIn,
  fetchAuthSession,
  getCurrentUser,
  resetPassword,
  signIn,
  signOut,
  type SignInOutput,
} from '@aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from '@aws-amplify/auth/cognito';
import { Amplify } from '@aws-amplify/core';
import { Problem } from '@/api/problem';
import type { IdentitySettings } from '@/api/types';
import type { Person } from './person';

/** What the pool wants next of somebody who signs in. */
export type NextStep = 'done' | 'new-password' | 'code' | 'reset-password';

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
export async function enter(email: string, password: string): Promise<NextStep> {
  await signOut(); // whoever was here before
  return nextStep(await inOurWords(signIn({ username: email, password })));
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
    default:
      throw new Problem(400, 'This account asks for a way of signing in that this page doesn’t know.');
  }
}

const WORDS: Record<string, string> = {
  NotAuthorizedException: 'E-mail address and password don’t belong together, or the account is closed.',
  UserNotFoundException: 'E-mail address and password don’t belong together, or the account is closed.',
  InvalidPasswordException: 'The password doesn’t meet the rules below.',
  CodeMismatchException: 'The code is not right.',
  EnableSoftwareTokenMFAException: 'The code is not right.',
  ExpiredCodeException: 'The code has expired. Please ask for a new one.',
  LimitExceededException: 'Too many attempts. Please wait a while and try again.',
  TooManyRequestsException: 'Too many attempts. Please wait a while and try again.',
  TooManyFailedAttemptsException: 'Too many attempts. Please wait a while and try again.',
  PasswordResetRequiredException: 'This account needs a new password first. Use “Forgotten password”.',
};

/** Waits for the pool; what it refuses is a Problem in words for the person. */
async function inOurWords<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof AuthError) || error.name === 'NetworkError') throw Problem.unreachable();
    const session = error.name === 'NotAuthorizedException' && /session/i.test(error.message);
    if (session) throw new Problem(401, 'That took too long. Please sign in again.');
    throw new Problem(400, WORDS[error.name] ?? 'Signing in did not work. Please try again.');
  }
}
