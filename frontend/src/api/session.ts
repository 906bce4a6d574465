import { Problem } from '@/api/problem';
import type { IdentitySettings } from '@/api/types';
import type { Session } from './cognito';
import { setPerson, endSession, presence } from './person';

let identity: IdentitySettings | null = null;
let last: Session | null = null;

/** Tells where people sign in; null where nobody can. Before that, every call is a stranger's. */
export function openSession(settings: IdentitySettings | null): void {
  identity = settings;
  if (settings === null) setPerson(null);
}

/** Fetches the client of the user pool, which visitors who never sign in don't need. */
export async function identityProvider() {
  if (identity === null) throw new Problem(503, 'Nobody can sign in to this gallery.');
  const cognito = await import('./cognito');
  cognito.configure(identity);
  return cognito;
}

/** Fetches what is known of passkeys, once the client of the user pool is told where that is. */
export async function passkeys() {
  await identityProvider();
  return import('./passkeys');
}

/**
 * Returns the access token of whoever is signed in, null for a stranger.
 *
 * Throws the Problem that the session has ended or has become another person's, once: nothing is sent as a stranger's
 * or another's that was meant to be somebody's.
 */
export async function accessToken({ renew = false } = {}): Promise<string | null> {
  const { person } = presence.getState();
  if (identity === null || person === null) return null;
  const session = await currentOne(renew);
  if (session === null) throw new Problem(401, 'You have been signed out. Please sign in again.');
  if (session.person.sub !== person.sub)
    throw new Problem(401, 'Another account has been signed in to meanwhile. Please try again.');
  return session.token;
}

/** Returns the access token of one person; throws a Problem (401) unless the session at hand is theirs. */
export async function accessTokenOf(sub: string, { renew = false } = {}): Promise<string> {
  const signedIn = identity !== null && presence.getState().person?.sub === sub;
  const session = signedIn ? await currentOne(renew) : null;
  if (session?.person.sub !== sub) throw new Problem(401, 'Sign in again to go on.');
  return session.token;
}

/** Asks for the session and notes whose it is, or that it has ended. */
async function currentOne(renew: boolean): Promise<Session | null> {
  const { currentSession } = await identityProvider();
  const session = await currentSession(renew);
  if (session === null) endSession();
  else setPerson(session.person);
  last = session;
  return session;
}

/**
 * Returns the token that was last asked for, null if that was nobody's who is here now.
 *
 * It may have run out; it is for what can't wait for another one, since the page is about to be gone.
 */
export function lastToken(): string | null {
  const { person } = presence.getState();
  return person !== null && last?.person.sub === person.sub ? last.token : null;
}

/** Notes who has just signed in. */
export async function completeSignIn(): Promise<void> {
  const { currentSession } = await identityProvider();
  setPerson((await currentSession(false))?.person ?? null);
}

/** Signs out: the session is revoked where the pool can be reached, and forgotten by this browser. */
export async function signOut(): Promise<void> {
  await (await identityProvider()).leave();
  setPerson(null);
}
