import type { Image } from '@/api/types';

/** What stands under a picture, and what describes it to who can't see it: its owner's title, else its caption. */
export function headingOf(image: Image): string | null {
  return image.title ?? image.caption;
}

// Alternative texts and accessible names isolate nothing, and file names of old pictures may hold such characters.
const TURNING = /[\p{Control}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Returns words for what isolates nothing, without characters that turn what stands around them. */
export function unturned(words: string): string {
  return words.replace(TURNING, '');
}

/** Returns words for the middle of a sentence that is plain text, isolated there by Unicode's own characters. */
export function isolated(words: string): string {
  return `\u2068${unturned(words)}\u2069`;
}

/** What to call a picture in a sentence, a title or an alternative text. */
export function nameOf(image: Image): string {
  return unturned(headingOf(image) ?? image.filename ?? 'Untitled picture');
}

const UNITS = ['bytes', 'kB', 'MB', 'GB'] as const;

/** Writes a size for people: 1 kB is 1024 bytes, as the upload limit counts. */
export function byteSize(bytes: number): string {
  const unit = Math.min(Math.max(Math.floor(Math.log2(bytes) / 10), 0), UNITS.length - 1);
  const value = bytes / 1024 ** unit;
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })} ${UNITS[unit] ?? 'bytes'}`;
}

/** Writes a media type the way people know it: image/jpeg is JPEG, image/x-adobe-dng is DNG. */
export function formatName(mediaType: string): string {
  return mediaType
    .replace(/^image\//, '')
    .replace(/^x-(.*-)?|\+xml$/g, '')
    .toUpperCase();
}

const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Writes an RFC 3339 time as date and time of the reader's own zone. */
export function moment(time: string): string {
  return MOMENT.format(new Date(time));
}

/** Writes a probability as per cent; what is not quite nothing is said so. */
export function percent(probability: number): string {
  const value = probability * 100;
  return value > 0 && value < 1 ? '< 1 %' : `${Math.round(value)} %`;
}
