import { describe, expect, it } from 'vitest';
import { follow, secondsLeft, timeLeft, type Sample } from './pace';

const seconds = (...sent: number[]) =>
  sent.reduce<Sample[]>((samples, step, at) => follow(samples, { at: at * 1000, sent: step }), []);

describe('the time left', () => {
  it('is reckoned from the pace of the last twenty seconds', () => {
    expect(secondsLeft(seconds(0, 10, 20, 30), 100)).toBe(10);
    const slower = [
      ...Array.from({ length: 30 }, (_, at) => at * 100),
      ...Array.from({ length: 30 }, (_, at) => 3000 + at),
    ];
    expect(secondsLeft(seconds(...slower), 100)).toBe(100);
  });

  it('is not known at first, nor while nothing moves, nor after a step back', () => {
    expect(
      [seconds(0), seconds(5, 5, 5, 5), seconds(0, 10, 20, 5)].map((step) => secondsLeft(step, 100)),
    ).toEqual([null, null, null]);
  });

  it.each([
    [20, 'less than a minute left'],
    [70, 'about 1 minute left'],
    [600, 'about 10 minutes left'],
    [3 * 3600, 'about 3 hours left'],
  ])('of %d seconds is said in words', (left, words) => {
    expect(timeLeft(left)).toBe(words);
  });
});
