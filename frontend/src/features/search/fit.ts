/** The steps of the relevance slider. */
export const STEP = 0.05;

const WORDS: readonly [number, string][] = [
  [0, 'whatever could fit'],
  [0.25, 'what may fit'],
  [0.5, 'what probably fits'],
  [0.75, 'what fits well'],
  [1, 'only what fits without doubt'],
];

/** Says what pictures are shown by the least score that they need. */
export function wordsOfFit(min: number): string {
  return WORDS.find(([most]) => min <= most)?.[1] ?? '';
}
