import type { Settings } from '@/api/types';
import { byteSize } from '@/shared/pictures/words';
import type { Pace } from './pace';
import type { Plan, Reason } from './plan';

/** What an import will do and take, in numbers; the line of JSON that `gallery import --json` begins with. */
export interface Forecast {
  pictures: number;
  bytes: number;
  /** Brought in by an import before this one. */
  done: number;
  described: number;
  edited: number;
  albums: number;
  left: Record<Reason, number>;
  unreadable: number;
  /** 0 where nothing but the line limits that. */
  hours: number;
  /** Null where nobody is charged. */
  dollars: number | null;
}

const REASONS: Record<Reason, (count: string) => string> = {
  copy: (count) => `${count} again in another folder; their albums are joined`,
  live: (count) => `${count} films of live photos: the photograph comes, what moves does not`,
  film: (count) => `${count} films, which a gallery does not take`,
  trashed: (count) => `${count} in the trash`,
  preview: (count) => `${count} previews that the other program made`,
  refused: (count) => `${count} empty or too large`,
  other: (count) => `${count} other files`,
};

/** Returns what a plan comes to, of which the first `done` pictures were brought in before. */
export function forecastOf(plan: Plan, done: number, pace: Pace, limits: Settings['limits']): Forecast {
  const { pictures, left } = plan;
  const todo = pictures.length - done;
  const count = (reason: Reason) => left.filter((file) => file.reason === reason).length;
  const reasons = Object.keys(REASONS) as Reason[];
  return {
    pictures: pictures.length,
    bytes: pictures.reduce((sum, { size }) => sum + size, 0),
    done,
    described: pictures.filter(({ described }) => described).length,
    edited: pictures.filter(({ edited }) => edited).length,
    albums: new Set(pictures.flatMap(({ albums }) => albums)).size,
    left: Object.fromEntries(reasons.map((reason) => [reason, count(reason)])) as Record<Reason, number>,
    unreadable: plan.unreadable.length,
    hours: Math.ceil(pace.hoursFor(todo)),
    dollars: limits.picture_dollars === null ? null : Math.ceil(limits.picture_dollars * todo * 100) / 100,
  };
}

/** Says in lines what an import will do. */
export function wordsOfForecast(forecast: Forecast): string {
  const { pictures, bytes, done, described, edited, albums, left, unreadable } = forecast;
  const lines = [
    `${number(pictures)} pictures, ${byteSize(Math.max(bytes, 1))}; something is known of ${number(described)} of them.`,
    ...(done > 0 ? [`  ${number(done)} came with an import before`] : []),
    ...(edited > 0 ? [`  ${number(edited)} are edited versions and come beside their originals`] : []),
    ...(albums > 0 ? [`  ${number(albums)} albums`] : []),
    ...leftOut(left, unreadable),
    costOf(forecast),
  ];
  return lines.join('\n');
}

function leftOut(left: Forecast['left'], unreadable: number): string[] {
  const reasons = (Object.keys(REASONS) as Reason[]).filter((reason) => left[reason] > 0);
  const lines = reasons.map((reason) => `  ${REASONS[reason](number(left[reason]))}`);
  if (unreadable > 0) lines.push(`  ${number(unreadable)} can’t be read`);
  return lines.length > 0 ? ['Left out:', ...lines] : [];
}

function costOf({ pictures, done, hours, dollars }: Forecast): string {
  const time =
    hours === 0 ? 'as long as the line takes' : `about ${number(hours)} hours, by the gallery’s limits`;
  const charge = dollars === null ? '' : ` and about $${dollars.toFixed(2)}`;
  return `To send: ${number(pictures - done)} pictures, ${time}${charge}. Those that the gallery has are not sent again.`;
}

function number(count: number): string {
  return count.toLocaleString('en');
}
