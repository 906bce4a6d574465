import type { LabelCount } from '@/api/types';

/** Returns the labels in which each of some words begins one of theirs, in their order. */
export function labelsWith(words: string, labels: readonly LabelCount[]): readonly LabelCount[] {
  const searchWords = wordsOf(words);
  return labels.filter(({ label }) => {
    const labelWords = wordsOf(label);
    return searchWords.every((word) => labelWords.some((labelWord) => labelWord.startsWith(word)));
  });
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s\-,’']+/)
    .filter((word) => word !== '');
}
