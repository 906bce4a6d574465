import createClient from 'openapi-fetch';
import type { paths } from '@/api/schema';

/** The secret in the page's own address, `/a/{token}`. */
export function tokenOfPage(): string {
  return window.location.pathname.split('/')[2] ?? '';
}

/** What this visit was given: `access` spares the link's password, `visit` tells what was added from here. */
type Name = 'access' | 'visit';

const HEADERS: Readonly<Record<Name, string>> = { access: 'X-Link-Access', visit: 'X-Visit' };

const keyOf = (name: Name) => `${name} ${tokenOfPage()}`;

export function kept(name: Name): string | null {
  return window.sessionStorage.getItem(keyOf(name));
}

/** Keeps what the gallery gave for as long as this tab is open, or forgets it (null). */
export function keep(name: Name, value: string | null): void {
  if (value === null) window.sessionStorage.removeItem(keyOf(name));
  else window.sessionStorage.setItem(keyOf(name), value);
}

/** The API as who has a link: nobody is signed in, no cookie is sent, and every call carries what this visit was given. */
export const linkApi = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'omit',
  fetch: (request) => globalThis.fetch(request),
});

linkApi.use({
  onRequest({ request }) {
    for (const name of ['access', 'visit'] as const) {
      const value = kept(name);
      if (value !== null) request.headers.set(HEADERS[name], value);
    }
  },
});
