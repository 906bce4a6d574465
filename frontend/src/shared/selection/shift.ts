import type { Image } from '@/api/types';
import { bodyInWords } from '@/shared/pictures/taken';

/** How far dates are moved, as it is typed; each part is a whole number from 0. */
export interface Shift {
  readonly direction: 'later' | 'earlier';
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Returns how many seconds later dates become, below 0 for earlier. */
export function secondsOf({ direction, days, hours, minutes }: Shift): number {
  const seconds = days * 86_400 + hours * 3_600 + minutes * 60;
  return direction === 'later' ? seconds : -seconds;
}

/** Writes seconds, in whole minutes, as people say them: `1 day, 2 hours earlier`. */
export function shiftInWords(seconds: number): string {
  let left = Math.abs(seconds);
  const parts = UNITS.flatMap(([unit, length]) => {
    const count = Math.floor(left / length);
    left -= count * length;
    return count === 0 ? [] : [`${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`];
  });
  return `${parts.join(', ')} ${seconds < 0 ? 'earlier' : 'later'}`;
}

/** Groups pictures by the camera that took them, those of the most first; what names no camera is under null. */
export function byCamera(images: readonly Image[]): [string | null, Image[]][] {
  const groups = new Map<string | null, Image[]>();
  for (const image of images) {
    const body = image.camera && bodyInWords(image.camera);
    const group = groups.get(body);
    if (group) group.push(image);
    else groups.set(body, [image]);
  }
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}
