import { describe, expect, it } from 'vitest';
import { anImage } from '@/testing/anImage';
import { entriesOfMonth, linesOf, sectionsOf } from './lines';

const room = { width: 1000, spacing: 10, target: 200 };
const extents = { heading: 50, beside: 60 };
const images = (count: number) =>
  Array.from({ length: count }, (_, turn) => anImage({ id: `P${turn}`, width: 300, height: 200 }));

function laidOut(count: number, here: number, complete = here === count) {
  const pictures = images(here);
  const month = { month: '2024-07', count, images: pictures, complete };
  return linesOf([], [month], new Map([['2024-07', entriesOfMonth(pictures, [])]]), room, extents);
}

const heightOf = (lines: ReturnType<typeof laidOut>) =>
  lines.reduce((sum, { height }) => sum + height + extents.beside, 0);

describe('a month in the grid', () => {
  it('is a heading and rows where all of it is here', () => {
    const lines = laidOut(7, 7);
    expect(lines.map(({ kind }) => kind)).toEqual(['heading', 'row', 'row', 'row']);
    expect(lines.flatMap(({ placed }) => placed)).toHaveLength(7);
  });

  it('takes about as much room before its pictures are here', () => {
    const [before, after] = [heightOf(laidOut(300, 0)), heightOf(laidOut(300, 300))];
    expect(Math.abs(before - after) / after).toBeLessThan(0.1);
    const half = heightOf(laidOut(300, 100));
    expect(Math.abs(half - after) / after).toBeLessThan(0.03);
  });

  it('keeps room for what is not here, and draws no row that would change', () => {
    const lines = laidOut(300, 100);
    expect(lines.map(({ kind }) => kind)).toEqual(['heading', ...Array<string>(33).fill('row'), 'rest']);
    expect(lines.slice(0, 34)).toEqual(laidOut(300, 300).slice(0, 34));
  });

  it('keeps the room of months before it whatever comes here of later ones', () => {
    const unknown = { month: '2024-08', count: 40, images: [], complete: false };
    const roomOf = (july: number) => {
      const shown = images(july);
      const month = { month: '2024-07', count: 300, images: shown, complete: july === 300 };
      const entries = new Map([['2024-07', entriesOfMonth(shown, [])]]);
      return linesOf([], [newest, unknown, month], new Map([...entries, first]), room, extents)
        .filter((line) => line.month === '2024-08')
        .map(({ height }) => height);
    };
    const wide = Array.from({ length: 30 }, (_, turn) =>
      anImage({ id: `W${turn}`, width: 640, height: 200 }),
    );
    const newest = { month: '2024-09', count: 30, images: wide, complete: true };
    const first = ['2024-09', entriesOfMonth(wide, [])] as const;
    expect(roomOf(300)).toEqual(roomOf(0));
  });

  it('is a section of what is drawn of it', () => {
    const lines = laidOut(7, 7);
    expect(sectionsOf(lines, [0, 1, 3])).toEqual([{ month: '2024-07', places: [0, 1, 3] }]);
  });
});
