/**
 * Returns when a file was modified, as the gallery takes it (RFC 3339), by the clock here: its offset counts where nothing
 * better says when a picture was taken. Null where the file system doesn't know.
 */
export function modifiedAt(milliseconds: number): string | null {
  const moment = new Date(milliseconds);
  const offset = -Math.round(moment.getTimezoneOffset());
  const here = new Date(milliseconds + offset * 60_000);
  if (!(milliseconds > 0) || Number.isNaN(here.getTime()) || here.getUTCFullYear() > 9999) return null;
  const distance = Math.abs(offset);
  const [hours, minutes] = [Math.floor(distance / 60), distance % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${here.toISOString().slice(0, 19)}${offset < 0 ? '-' : '+'}${hours ?? ''}:${minutes ?? ''}`;
}
