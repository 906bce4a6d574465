import { Problem } from '@/api/problem';
import type { IdentitySettings } from '@/api/types';
import type { Session } from './cognito';
import { greet, miss, presence } from './person';

let identity: IdentitySettings | null = null;
let last: Session | null = null;

/** Tells where people sign in; null where nobody can. Before that, every call is a stranger's. */
export function openSession(settings: IdentitySettings | null): void {
  identity = settings;
  if (settings === null) greet(null);
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
 * Throws the Problem that the session has ended, once: nothing is sent as a stranger that was meant to be somebody's.
 */
export async function accessToken({ renew = false } = {}): Promise<string | null> {
  if (identity === null || presence.getState().person === null) return null;
  const { currentSession } = await identityProvider();
  const session = await currentSession(renew);
  if (session === null) miss();
  else greet(session.person);
  last = session;
  if (session === null) throw new Problem(401, 'You have been signed out. Please sign in again.');
  return session.token;
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
export async function arrive(): Promise<void> {
  const { currentSession } = await identityProvider();
  greet((await currentSession(false))?.person ?? null);
}

/** Signs out: the session is revoked where the pool can be reached, and forgotten by this browser. */
export async function signOut(): Promise<void> {
  await (await identityProvider()).leave();
  greet(null);
}
