import { UsageError } from './exits';

/** What proves to a gallery who asks. */
export interface Credentials {
  /** Who that is: an id that never changes; empty where the token doesn't tell. */
  person: string;
  /** Returns an access token, a new one where the one before counts for nothing any more. */
  token: (renew: boolean) => Promise<string>;
}

/** Returns the credentials that a token alone makes up; raises UsageError for what is none. */
export function fixedToken(token: string): Credentials {
  if (!/^[\x21-\x7E]+$/.test(token)) throw new UsageError('GALLERY_TOKEN holds no token.');
  return { person: subjectIn(token), token: () => Promise.resolve(token) };
}

/** Returns the subject of a token (RFC 7519), which the gallery alone can verify; empty where it tells none. */
function subjectIn(token: string): string {
  try {
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const { sub } = JSON.parse(claims) as { sub?: unknown };
    return typeof sub === 'string' ? sub : '';
  } catch {
    return '';
  }
}
