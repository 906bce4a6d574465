import filenamify from 'filenamify/browser';
import type { Image } from '@/api/types';

const ENDINGS: Record<string, string> = { 'image/jpeg': '.jpg', 'image/webp': '.webp', 'image/png': '.png' };
const LONGEST_STEM = 100;

/**
 * Returns a name that is safe on every system and not used yet, whatever the case of its letters, and notes it as used.
 *
 * The ending is that of the media type where this isn't the original, whose name tells another one.
 */
export function freshName(
  { id, filename, type }: Pick<Image, 'id' | 'filename' | 'type'>,
  sent: string | null,
  used: Set<string>,
): string {
  const whole = filenamify(filename ?? id, { replacement: '_', maxLength: 255 });
  const own = /\.[^.]{1,11}$/.exec(whole)?.[0] ?? '';
  const ending = sent !== null && sent !== type ? (ENDINGS[sent] ?? own) : own;
  const stem = Array.from(whole.slice(0, whole.length - own.length))
    .slice(0, LONGEST_STEM)
    .join('');
  for (let turn = 1; ; turn += 1) {
    const name = turn === 1 ? `${stem}${ending}` : `${stem} (${turn})${ending}`;
    if (used.has(name.toLowerCase())) continue;
    used.add(name.toLowerCase());
    return name;
  }
}
