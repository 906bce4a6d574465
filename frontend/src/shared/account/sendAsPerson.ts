import { accessToken, lastToken } from './session';

/** Sends a request to the gallery's API as whoever is signed in; a token refused is renewed once. */
export async function sendAsPerson(request: Request): Promise<Response> {
  const token = (request.keepalive ? lastToken() : null) ?? (await accessToken());
  if (token === null) return globalThis.fetch(request);
  const answer = await send(request.clone(), token);
  if (answer.status !== 401) return answer;
  const newer = await accessToken({ renew: true });
  return newer === null ? answer : send(request, newer);
}

function send(request: Request, token: string): Promise<Response> {
  request.headers.set('Authorization', `Bearer ${token}`);
  return globalThis.fetch(request);
}
