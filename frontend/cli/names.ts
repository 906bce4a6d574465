import filenamify from 'filenamify';
import { extname } from 'node:path';

const STEM_LENGTH = 60;
const ENDING_LENGTH = 12;

/** How a picture's file may be called: by its own name, or by one that no other picture's can have. */
export interface Names {
  plain: string;
  unique: string;
}

/**
 * Returns names made of the one that a gallery gives a picture's file, which ends as what the file is.
 *
 * They are safe on every system, whatever a gallery says: short, no path, no hidden file, nothing that steers a terminal.
 */
export function namesFor(id: string, given: string): Names {
  const whole = safe(given);
  const own = extname(whole);
  const stem = safe(whole.slice(0, whole.length - own.length).slice(0, STEM_LENGTH));
  const ending = own.slice(0, ENDING_LENGTH).toWellFormed().trimEnd();
  const plain = `${stem}${ending}`;
  const unique = `${stem}-${id}${ending}`;
  return { plain: idIn(plain) === null ? plain : unique, unique };
}

/** Returns the picture's id in a unique name of ours, or null. */
export function idIn(name: string): string | null {
  return /-([0-9A-HJKMNP-TV-Z]{26})(\.[^.]*)?$/.exec(name)?.[1] ?? null;
}

function safe(name: string): string {
  const shown = name.replace(/^[\s.~-]+/, '').toWellFormed();
  return filenamify(shown, { replacement: '_', maxLength: 255 });
}
