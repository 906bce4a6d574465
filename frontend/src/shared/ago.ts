const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

const AGO = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** Writes how long ago an RFC 3339 time was, in the largest unit that fits: “3 hours ago”; a clock that is ahead is now. Writes in the browser's language. */
export function ago(time: string, now = Date.now()): string {
  const seconds = Math.max(0, (now - Date.parse(time)) / 1000);
  const unit = UNITS.find(([, length]) => seconds >= length);
  return unit ? AGO.format(-Math.floor(seconds / unit[1]), unit[0]) : AGO.format(0, 'second');
}
