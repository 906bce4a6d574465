import type { Image, ImagePage, Reason, Total, Understood } from '@/api/types';

/** How well a picture fits what was asked for, from 0 to 1, and why, the weightiest reason first. */
export interface Match {
  readonly score: number;
  readonly why: readonly Reason[];
}

/** One page of a view; of one that was searched for, with how well each picture fits by its id. */
export interface PicturePage extends ImagePage {
  readonly matches?: Readonly<Record<string, Match>>;
  /** The score below which pictures hardly fit. */
  readonly floor?: number;
  /** What else was searched for, where words seem misspelt. */
  readonly corrected?: string | null;
  /** What of the words was taken for filters. */
  readonly understood?: readonly Understood[];
  /** How many there are in all, or at least. */
  readonly total?: Total;
}

interface Result {
  readonly image: Image;
  readonly score: number;
  readonly why?: readonly Reason[];
}

/** Makes a page of what was found. */
export function pageOf(results: readonly Result[], next_cursor: string | null): PicturePage {
  const matches = results.map(({ image, score, why = [] }) => [image.id, { score, why }] as const);
  return { images: results.map(({ image }) => image), next_cursor, matches: Object.fromEntries(matches) };
}
