import { describe, expect, it } from 'vitest';
import { anImage } from '@/testing/anImage';
import { byCamera, secondsOf, shiftInWords } from './shift';

const camera = (model: string) => ({
  ...{ make: 'Canon', model, lens: null, exposure_s: null, f_number: null, iso: null },
  ...{ focal_length_mm: null, focal_length_35mm: null, flash: null },
});

describe('a shift of dates', () => {
  it.each([
    ['later', 0, 1, 0, 3_600, '1 hour later'],
    ['earlier', 1, 2, 5, -93_900, '1 day, 2 hours, 5 minutes earlier'],
    ['later', 1_200, 0, 1, 103_680_060, '1,200 days, 1 minute later'],
    ['earlier', 0, 25, 0, -90_000, '1 day, 1 hour earlier'],
  ] as const)('%s by %d days, %d hours and %d minutes', (direction, days, hours, minutes, seconds, words) => {
    expect(secondsOf({ direction, days, hours, minutes })).toBe(seconds);
    expect(shiftInWords(seconds)).toBe(words);
  });

  it('is of one camera’s pictures, whichever lens it had', () => {
    const [a, b, c, d] = [
      anImage({ id: 'a', camera: null }),
      anImage({ id: 'b', camera: camera('Canon EOS R5') }),
      anImage({ id: 'c', camera: { ...camera('Canon EOS R5'), lens: 'RF 50mm' } }),
      anImage({ id: 'd', camera: camera('5D') }),
    ];
    expect(byCamera([a, b, c, d])).toEqual([
      ['Canon EOS R5', [b, c]],
      [null, [a]],
      ['Canon 5D', [d]],
    ]);
  });
});
