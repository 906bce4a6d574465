import { describe, expect, it } from 'vitest';
import { anImage } from '@/testing/anImage';
import { coveringWidth, renditionsOf, srcSetOf } from './renditions';

const sizes = {
  small: { width: 480, height: 360 },
  medium: { width: 1067, height: 800 },
  large: { width: 2000, height: 1500 },
};
const urls = { original: '/o', small: '/s.jpg', medium: '/m.jpg', large: '/l.jpg' };
const photograph = anImage({ width: 4000, height: 3000, urls, sizes });

describe('the renditions of a picture', () => {
  it('are offered by their widths', () => {
    expect(srcSetOf(renditionsOf(photograph))).toBe('/s.jpg 480w, /m.jpg 1067w, /l.jpg 2000w');
  });

  it('are one of each width', () => {
    const icon = { width: 32, height: 32 };
    const tiny = anImage({ ...icon, urls, sizes: { small: icon, medium: icon, large: icon } });
    expect(renditionsOf(tiny)).toEqual([{ src: '/s.jpg', ...icon }]);
    expect(srcSetOf(renditionsOf(tiny))).toBeUndefined();
  });

  it('have the sizes of their time where the gallery tells none', () => {
    const former = anImage({ ...photograph, sizes: null, urls: { ...urls, medium: '/l.jpg' } });
    expect(srcSetOf(renditionsOf(former))).toBe('/s.jpg 400w, /l.jpg 1600w');
  });

  it('are none before the gallery has looked', () => {
    const unknown = { width: null, height: null, sizes: null };
    const pending = anImage({ ...unknown, urls: { original: '/o', small: null, medium: null, large: null } });
    expect(renditionsOf(pending)).toEqual([]);
  });

  it.each([
    ['a photograph in a tile of its shape', 4000, 3000, { width: 320, height: 240 }, 320],
    ['a panorama whose sides are cut off', 16_000, 1500, { width: 720, height: 240 }, 2560],
    ['a screenshot whose end is cut off', 1080, 20_000, { width: 120, height: 240 }, 120],
  ])('cover a box: %s is drawn %d × %d', (_, width, height, box, drawn) => {
    expect(coveringWidth(anImage({ width, height }), box)).toBe(drawn);
  });
});
