import type { Image } from '@/api/types';

type Camera = NonNullable<Image['camera']>;
type Place = NonNullable<Image['location']>;

// The clock of the place is written as it is: taken for UTC and shown as UTC, no zone ever moves it.
const CLOCK = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** Sources of `taken_at` that tell of the file and not of the picture. */
const OF_THE_FILE = ['file', 'upload'];

/** Whether it is known when a picture was taken, and not only how old its file is. */
export function isDated({ taken_from }: Pick<Image, 'taken_from'>): boolean {
  return !OF_THE_FILE.includes(taken_from);
}

/** Writes when a picture was taken by the clock of the place, and its zone where that is known; null where only the file's own time is. */
export function takenInWords(image: Image): string | null {
  const { taken_at, taken_offset } = image;
  if (!isDated(image)) return null;
  const time = Date.parse(`${taken_at}Z`);
  if (Number.isNaN(time)) return null;
  return [CLOCK.format(time), ...(taken_offset === null ? [] : [`UTC${taken_offset}`])].join('\u00A0');
}

/** Writes what a clock shows, in no zone: `Jul 14, 2024, 4:20 PM`. */
export function clockInWords(clock: string): string {
  return CLOCK.format(new Date(`${clock}Z`));
}

/** Returns what a clock shows so many seconds later, or earlier; empty where that is no time. */
export function shiftedClock(clock: string, seconds: number): string {
  const moved = new Date(Date.parse(`${clock}Z`) + seconds * 1000);
  return Number.isNaN(moved.getTime()) ? '' : moved.toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
}

/** Names a camera without its lens; many makers repeat themselves in the model. */
export function bodyInWords({ make, model }: Pick<Camera, 'make' | 'model'>): string | null {
  const repeated = make && model?.toLowerCase().startsWith(make.toLowerCase());
  return [repeated ? null : make, model].filter(Boolean).join(' ') || null;
}

/** Names a camera by make, model and lens. */
export function cameraInWords(camera: Camera): string | null {
  return [bodyInWords(camera), camera.lens].filter(Boolean).join(', ') || null;
}

/** Writes how a picture was exposed as photographers do: `1/250 s, f/1.8, ISO 100, 26 mm`. */
export function exposureInWords(camera: Camera): string | null {
  const { exposure_s, f_number, iso, focal_length_mm, focal_length_35mm } = camera;
  const parts = [
    exposure_s && `${exposureTime(exposure_s)}\u00A0s`,
    f_number && `f/${shortly(f_number)}`,
    iso && `ISO\u00A0${iso}`,
    focal_length_mm && `${shortly(focal_length_mm)}\u00A0mm`,
    focal_length_35mm &&
      focal_length_35mm !== focal_length_mm &&
      `as ${shortly(focal_length_35mm)}\u00A0mm on 35 mm film`,
  ].filter(Boolean);
  return parts.join(', ') || null;
}

/** Writes degrees and, where known, metres: `48.8584° N, 2.2945° E, 35 m above the sea`. */
export function placeInWords({ latitude, longitude, altitude_m }: Place): string {
  const height =
    altitude_m === null
      ? []
      : [`${Math.round(Math.abs(altitude_m))}\u00A0m ${altitude_m < 0 ? 'below' : 'above'} the sea`];
  return [degrees(latitude, 'N', 'S'), degrees(longitude, 'E', 'W'), ...height].join(', ');
}

const PLACE = /^(-?\d{1,2}(?:\.\d+)?)°?\s*([NS])?[\s,;]+(-?\d{1,3}(?:\.\d+)?)°?\s*([EW])?$/i;

/** Writes degrees as they are typed and copied: `48.8584, 2.2945`. */
export function writtenPlace({ latitude, longitude }: Pick<Place, 'latitude' | 'longitude'>): string {
  return [latitude, longitude].map((value) => String(Number(value.toFixed(6)))).join(', ');
}

/** Reads degrees as maps and this page write them, such as `48.8584, 2.2945` or `22.9519° S, 43.2105° W`; null for anything else. */
export function placeIn(text: string): Pick<Place, 'latitude' | 'longitude'> | null {
  const [matched, north, ns, east, ew] = PLACE.exec(text.trim()) ?? [];
  if (matched === undefined) return null;
  const latitude = Number(north) * (ns?.toUpperCase() === 'S' ? -1 : 1);
  const longitude = Number(east) * (ew?.toUpperCase() === 'W' ? -1 : 1);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

/** Returns a map's address with a marker at a place. */
export function mapOf({ latitude, longitude }: Place): string {
  const [lat, lon] = [latitude.toFixed(6), longitude.toFixed(6)];
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=15/${lat}/${lon}`;
}

function exposureTime(seconds: number): string {
  return seconds < 0.4 ? `1/${Math.round(1 / seconds)}` : shortly(seconds);
}

function shortly(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1, useGrouping: false });
}

function degrees(value: number, positive: string, negative: string): string {
  return `${Math.abs(value).toFixed(4)}° ${value < 0 ? negative : positive}`;
}
