import type { Image, ImageChange } from '@/api/types';

/** Tells whether somebody has changed just what is to be changed since a picture was seen; captions don't count. */
export function clashes(base: Image, now: Image, change: ImageChange): boolean {
  const fields = Object.keys(change) as (keyof ImageChange)[];
  return fields.some((field) => serialized(base, field) !== serialized(now, field));
}

function serialized(image: Image, field: keyof ImageChange): string {
  const value =
    field === 'labels'
      ? image.labels.filter(({ source }) => source === 'owner').map(({ label }) => label)
      : image[field];
  return JSON.stringify(value);
}
