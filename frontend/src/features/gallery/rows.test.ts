import { describe, expect, it } from 'vitest';
import { rowsOf, type Room } from './rows';

const room: Room = { width: 1000, spacing: 10, target: 200 };
/** The ratios of 500 photographs, panoramas and scrolls. */
const ratios = Array.from(
  { length: 500 },
  (_, turn) => [1.5, 0.75, 4 / 3, 1, 3, 0.5, 16 / 9][(turn * turn) % 7] ?? 1,
);
const rowsIn = (items: readonly number[], ends: boolean, width = room.width) =>
  rowsOf(items, (ratio) => ratio, { ...room, width }, ends);

describe('rows of pictures', () => {
  it.each([700, 1000, 1600])(
    'fill a width of %d without cropping, and have about the height asked for',
    (width) => {
      const rows = rowsIn(ratios, false, width);
      for (const { height, placed } of rows) {
        const taken = placed.reduce((sum, { width }) => sum + width, (placed.length - 1) * room.spacing);
        expect(taken).toBeCloseTo(width, 6);
        placed.forEach((picture) => expect(picture.width / height).toBeCloseTo(picture.item, 6));
        expect(height).toBeLessThan(2 * room.target);
        if (placed.length > 1) expect(height).toBeGreaterThan(room.target / 2);
      }
    },
  );

  it('stay as they are when more pictures come', () => {
    const all = rowsIn(ratios, true);
    for (const count of [1, 48, 49, 96, 333]) {
      const before = rowsIn(ratios.slice(0, count), false);
      expect(before).toEqual(all.slice(0, before.length));
      expect(before.flatMap(({ placed }) => placed).length).toBeGreaterThan(count - 12);
    }
  });

  it('show every picture once, in order, where the list ends', () => {
    const indices = rowsIn(ratios, true).flatMap(({ placed }) => placed.map(({ index }) => index));
    expect(indices).toEqual(ratios.map((_, index) => index));
  });

  it('do not enlarge the few pictures that the last row holds', () => {
    expect(rowsIn([1.5], true)).toEqual([{ height: 200, placed: [{ item: 1.5, index: 0, width: 300 }] }]);
    expect(rowsIn([], true)).toEqual([]);
  });
});
