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
