/** What the first script has asked for, and for whom. */
interface Early {
  readonly sub: string | null;
  readonly answers: Record<string, Promise<Response> | undefined>;
}

declare global {
  interface Window {
    early?: Early;
  }
}

/**
 * Takes the answer to a call that the first script has sent already, once, for the same person; null where there is none, or it
 * failed: then the call is sent.
 */
export async function takeEarly({ method, url }: Request, sub: string | null): Promise<Response | null> {
  const { early } = window;
  const { origin, pathname, search } = new URL(url);
  const name = pathname + search;
  const answer = early?.answers[name];
  if (!early || !answer || method !== 'GET' || origin !== window.location.origin) return null;
  early.answers[name] = undefined;
  if (early.sub !== sub && name !== '/api/settings') return null;
  const response = await answer.catch(() => null);
  return response?.ok ? response : null;
}
