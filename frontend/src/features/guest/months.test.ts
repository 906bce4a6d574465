import { expect, it } from 'vitest';
import { anImage } from '@/testing/anImage';
import { monthsOf, undivided } from './months';

const [july, alsoJuly, may] = ['2024-07-31T23:59:59', '2024-07-01T00:00:00', '2024-05-09T12:00:00'].map(
  (taken_at, index) => anImage({ id: `01KAGVQ2W3M8Y6Z5T4R7N9P0X${index}`, taken_at }),
) as [ReturnType<typeof anImage>, ReturnType<typeof anImage>, ReturnType<typeof anImage>];

it('divides by the clock of the place, whatever the zone here', () => {
  expect(monthsOf([july, alsoJuly, may]).map(({ key, images }) => [key, images.length])).toEqual([
    ['2024-07', 2],
    ['2024-05', 1],
  ]);
});

it('leaves an order by hand alone', () => {
  expect(undivided([may, july]).map(({ name, images }) => [name, images])).toEqual([[null, [may, july]]]);
  expect(undivided([])).toEqual([]);
});
