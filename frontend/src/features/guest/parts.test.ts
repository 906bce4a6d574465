import { expect, it } from 'vitest';
import { anImage } from '@/testing/anImage';
import { partsOf } from './parts';

const sizes = (parts: ReturnType<typeof partsOf>) => parts.map((part) => part.map(({ size }) => size));
const images = (...bytes: (number | null)[]) => bytes.map((size) => anImage({ size }));

it('fills each part as far as it may be, in order', () => {
  expect(sizes(partsOf(images(4, 6, 1, 9, 1), 10))).toEqual([[4, 6], [1, 9], [1]]);
});

it('leaves a picture that is too large alone, and asks for nothing where there is none', () => {
  expect(sizes(partsOf(images(1, 11, null), 10))).toEqual([[1], [11], [null]]);
  expect(partsOf([], 10)).toEqual([]);
});

it('is one part without a bound', () => {
  expect(sizes(partsOf(images(1, 11, 5), Infinity))).toEqual([[1, 11, 5]]);
});
