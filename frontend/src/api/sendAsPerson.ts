import { takeEarly } from './early';
import { presence } from './person';
import { accessToken, accessTokenOf, lastToken } from './session';

type Send = (request: Request) => Promise<Response>;

/** Sends a request to the gallery's API as whoever is signed in; a token refused is renewed once. */
export async function sendAsPerson(request: Request): Promise<Response> {
  const early = await takeEarly(request, presence.getState().person?.sub ?? null);
  if (early) return early;
  const last = request.keepalive ? lastToken() : null;
  return sendWith(request, last, accessToken);
}

/**
 * Returns a way of sending as one person, named by their `sub`, or as nobody (null), whoever is signed in meanwhile.
 *
 * Without that person's session nothing is sent, so that what one person began never becomes another's.
 */
export function sendAs(owner: string | null): Send {
  if (owner === null) return (request) => globalThis.fetch(request);
  return (request) => sendWith(request, null, (options) => accessTokenOf(owner, options));
}

async function sendWith(
  request: Request,
  known: string | null,
  find: (options?: { renew: boolean }) => Promise<string | null>,
): Promise<Response> {
  const token = known ?? (await find());
  if (token === null) return globalThis.fetch(request);
  const answer = await send(request.clone(), token);
  if (answer.status !== 401) return answer;
  const newer = await find({ renew: true });
  return newer === null ? answer : send(request, newer);
}

function send(request: Request, token: string): Promise<Response> {
  request.headers.set('Authorization', `Bearer ${token}`);
  return globalThis.fetch(request);
}
