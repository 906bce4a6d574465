import type { Visibility } from '@/shared/account/newPictures';
import { isUnsent, type Upload } from './upload';

/** Who will see the files of a batch that may still be sent. */
export interface Audience {
  /** Null where some are for all and some are not. */
  readonly visibility: Visibility | null;
  /** Whether it can be chosen; what nobody owns is everybody's. */
  readonly open: boolean;
}

/** Returns who will see what is unsent, or null where nothing is. */
export function audienceOf(uploads: readonly Upload[]): Audience | null {
  const unsent = uploads.filter(isUnsent);
  const owned = unsent.filter(({ owner }) => owner !== null);
  const [first, ...others] = new Set((owned.length > 0 ? owned : unsent).map(({ visibility }) => visibility));
  if (first === undefined) return null;
  return { visibility: others.length > 0 ? null : first, open: owned.length > 0 };
}
