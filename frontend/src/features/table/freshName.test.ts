import { describe, expect, it } from 'vitest';
import { freshName } from './freshName';

describe('the name of a file in an archive', () => {
  const picture = (filename: string | null) => ({
    id: '01KAGVQ2W3M8Y6Z5T4R7N9P0XC',
    filename,
    type: 'image/jpeg',
  });
  const names = (...all: (string | null)[]) => {
    const used = new Set<string>();
    return all.map((each) => freshName(picture(each), 'image/jpeg', used));
  };

  it('is the picture’s own, numbered where another has it in any case', () => {
    expect(names('dog.jpg', 'DOG.jpg', 'dog.jpg', 'dog (2).jpg')).toEqual([
      'dog.jpg',
      'DOG (2).jpg',
      'dog (3).jpg',
      'dog (2) (2).jpg',
    ]);
  });

  it('leads nowhere outside, and is there even if nobody gave one', () => {
    expect(names('../../etc/passwd', 'a\\b:c?.png', null)).toEqual([
      '_.._etc_passwd',
      'a_b_c_.png',
      '01KAGVQ2W3M8Y6Z5T4R7N9P0XC',
    ]);
  });

  it('ends as what was sent, where that is not the original', () => {
    expect(freshName(picture('dog.heic'), 'image/webp', new Set())).toBe('dog.webp');
    expect(freshName(picture('dog.jpeg'), null, new Set())).toBe('dog.jpeg');
  });
});
