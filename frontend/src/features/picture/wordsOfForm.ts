import type { Image, ImageChange } from '@/api/types';

/** What is written in the form about a picture; labels are separated by commas. */
export interface Written {
  title: string;
  attribution: string;
  labels: string;
}

/** Writes down what is said of a picture; the model's labels are nobody's words. */
export function writtenOf({ title, attribution, labels }: Image): Written {
  const corrections = labels.filter(({ source }) => source === 'owner').map(({ label }) => label);
  return { title: title ?? '', attribution: attribution ?? '', labels: corrections.join(', ') };
}

/** Returns what has been changed in the form; nothing left of a text or of the corrections is null. */
export function changeOf(image: Image, written: Written): ImageChange {
  const before = writtenOf(image);
  const [title, attribution] = [written.title.trim(), written.attribution.trim()];
  const labels = labelsIn(written.labels);
  return {
    ...(title !== before.title && { title: title || null }),
    ...(attribution !== before.attribution && { attribution: attribution || null }),
    ...(labels.join() !== labelsIn(before.labels).join() && { labels: labels.length > 0 ? labels : null }),
  };
}

export function labelsIn(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

export type Field = keyof Written;

/** What each field is called. */
export const FIELDS: Record<Field, string> = { title: 'Title', attribution: 'Attribution', labels: 'Labels' };

/** Returns the fields that were written here, and otherwise by somebody else since the picture was seen. */
export function clashingFields(base: Image, now: Image, mine: Written): Field[] {
  return changedFields(base, mine).filter((field) => {
    const [before, theirs] = [same(field, writtenOf(base)), same(field, writtenOf(now))];
    return theirs !== before && theirs !== same(field, mine);
  });
}

/** Lays what was written here over a picture as somebody else has left it, but for the fields where theirs is to stay. */
export function laidOver(base: Image, now: Image, mine: Written, theirs: ReadonlySet<Field>): Written {
  const kept = changedFields(base, mine).filter((field) => !theirs.has(field));
  return { ...writtenOf(now), ...Object.fromEntries(kept.map((field) => [field, mine[field]])) };
}

function changedFields(base: Image, mine: Written): Field[] {
  const before = writtenOf(base);
  return (Object.keys(FIELDS) as Field[]).filter((field) => same(field, mine) !== same(field, before));
}

/** Returns what a field says, whatever the spaces around it. */
function same(field: Field, { [field]: text }: Written): string {
  return field === 'labels' ? labelsIn(text).join(', ') : text.trim();
}
