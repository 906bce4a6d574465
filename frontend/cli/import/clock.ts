import ExifReader from 'exifreader';
import zoneAt from '@photostructure/tz-lookup';
import type { FileToUpload } from '@/api/types';
import type { TicketFields } from '../folder';

export type Location = NonNullable<FileToUpload['location']>;

/** When a picture was taken: by the clock of the place, or a moment (Date.now()) of which the place's clock is to be found. */
export type Taken = { clock: string; offset: string | null } | { moment: number };

const QUARTER_MS = 15 * 60 * 1000;
const MOST_OFFSET_MS = 14 * 3600 * 1000;
const SLACK_MS = 1500;
const FIRST_PHOTOGRAPH = 1826;
const IN_NAMES =
  /(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?:[-_. T]|_at_)*([0-2]\d)[-_.h]?([0-5]\d)[-_.m]?([0-5]\d)(?!\d{4,})/;

/**
 * Returns what a ticket says of when a picture was taken.
 *
 * Google and PhotoPrism keep moments, while a gallery keeps what the clock showed where it was. Where the file's own date is
 * that moment by the clock of some zone, the file knows better, and nothing is said. A moment that its owner corrected, or of
 * a file without a date, is shown by the clock of the date in the file's name, else of the zone of the place, else of `zone`.
 */
export function takenFields(
  taken: Taken | undefined,
  {
    own,
    name,
    location,
    zone,
  }: { own: string | null; name: string; location?: Location | undefined; zone: string },
): TicketFields {
  if (taken === undefined) return {};
  if ('clock' in taken) return ticketFieldsOf(taken.clock, taken.offset);
  if (own !== null && offsetBetween(own, taken.moment) !== null) return {};
  const inName = own === null ? clockInName(name) : null;
  const offset = inName === null ? null : offsetBetween(inName, taken.moment);
  // A name in UTC, as Pixel phones write, says nothing of the clock.
  if (offset !== null && offset !== 0) return clockAt(taken.moment, offset);
  return clockAt(taken.moment, offsetIn(zoneOf(location) ?? zone, taken.moment));
}

/** Returns what the clock showed by a file's own date (DateTimeOriginal, else DateTimeDigitized), or null. */
export function ownClock(head: Buffer): string | null {
  try {
    const { exif } = ExifReader.load(head, { expanded: true });
    const written: unknown = exif?.DateTimeOriginal?.description ?? exif?.DateTimeDigitized?.description;
    return typeof written === 'string' ? clockIn(written) : null;
  } catch {
    return null; // no metadata, or not whole in these bytes: the gallery looks at all of them
  }
}

/** Reads a date with a time, written with colons or dashes, and what follows it of a zone; null for anything else. */
export function takenIn(written: string): Taken | null {
  const clock = clockIn(written);
  if (clock === null) return null;
  const zone = /(Z|[+-]\d\d:?\d\d)$/.exec(written.trim())?.[1];
  if (zone === undefined) return { clock, offset: null };
  return { clock, offset: zone === 'Z' ? '+00:00' : zone.replace(/(\d\d):?(\d\d)$/, '$1:$2') };
}

/** Whether this machine knows a time zone by this name. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch {
    return false;
  }
}

function clockIn(written: string): string | null {
  const digits = /^\s*(\d{4})[:-](\d\d)[:-](\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?/.exec(written);
  if (digits === null) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00'] = digits;
  const clock = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  return isClock(clock) ? clock : null;
}

function clockInName(name: string): string | null {
  const [, year, month, day, hour, minute, second] = IN_NAMES.exec(name) ?? [];
  const clock = `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}`;
  return isClock(clock) ? clock : null;
}

/** Whether such a date exists, the 30th of February would be another one, and a photograph can be of it. */
function isClock(clock: string): boolean {
  const date = new Date(`${clock}Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(clock)) return false;
  return date.getUTCFullYear() > FIRST_PHOTOGRAPH && date.getTime() < Date.now() + MOST_OFFSET_MS;
}

/** Returns by how many milliseconds a clock that shows this is ahead of UTC at a moment, null where no zone's is. */
function offsetBetween(clock: string, moment: number): number | null {
  const ahead = Date.parse(`${clock}Z`) - moment;
  const offset = Math.round(ahead / QUARTER_MS) * QUARTER_MS;
  return Math.abs(offset) <= MOST_OFFSET_MS && Math.abs(ahead - offset) <= SLACK_MS ? offset : null;
}

function offsetIn(zone: string, moment: number): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    moment,
  );
  const written = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(written) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function zoneOf(location: Location | undefined): string | null {
  return location ? zoneAt(location.latitude, location.longitude) : null;
}

function clockAt(moment: number, offset: number): TicketFields {
  const date = new Date(moment + offset);
  const clock = Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 19);
  if (!isClock(clock)) return {};
  const minutes = Math.abs(offset) / 60_000;
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return ticketFieldsOf(clock, `${offset < 0 ? '-' : '+'}${hour ?? ''}:${minute ?? ''}`);
}

function ticketFieldsOf(clock: string, offset: string | null): TicketFields {
  return { taken_at: clock, taken_offset: offset, taken_source: 'sidecar' };
}
