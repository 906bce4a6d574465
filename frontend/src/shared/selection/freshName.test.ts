import { describe, expect, it } from 'vitest';
import { freshName } from './freshName';

describe('the name of a file in an archive', () => {
  const names = (...all: string[]) => {
    const used = new Set<string>();
    return all.map((name) => freshName(name, used));
  };

  it('is the one that the gallery gives it, numbered where another has it in any case', () => {
    expect(names('dog.jpg', 'DOG.jpg', 'dog.jpg', 'dog (2).jpg', 'dog')).toEqual([
      'dog.jpg',
      'DOG (2).jpg',
      'dog (3).jpg',
      'dog (2) (2).jpg',
      'dog',
    ]);
  });
});
