import { describe, expect, it } from 'vitest';
import { labelsWith } from './labelsWith';

describe('the labels that are shown while one types', () => {
  const all = ['golden retriever', 'Labrador retriever', 'goldfish', 'German short-haired pointer'].map(
    (label) => ({
      label,
      count: 1,
    }),
  );
  const shown = (words: string) => labelsWith(words, all).map(({ label }) => label);

  it.each([
    ['', ['golden retriever', 'Labrador retriever', 'goldfish', 'German short-haired pointer']],
    ['gold', ['golden retriever', 'goldfish']],
    ['retr gold', ['golden retriever']],
    ['LABRADOR ', ['Labrador retriever']],
    ['haired', ['German short-haired pointer']],
    ['old', []],
  ])('by “%s” are %o', (words, labels) => {
    expect(shown(words)).toEqual(labels);
  });
});
