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

  it('are each offered once where one stands for another', () => {
    const early = anImage({ ...photograph, urls: { ...urls, medium: '/l.jpg' } });
    expect(srcSetOf(renditionsOf(early))).toBe('/s.jpg 480w, /l.jpg 2000w');
    const icon = { width: 32, height: 32 };
    const tiny = anImage({
      ...{ width: 32, height: 32, sizes: { small: icon, medium: icon, large: icon } },
      urls: { ...urls, small: '/l.jpg', medium: '/l.jpg' },
    });
    expect(renditionsOf(tiny)).toEqual([{ src: '/l.jpg', ...icon }]);
    expect(srcSetOf(renditionsOf(tiny))).toBeUndefined();
  });

  it('have the sizes of their time where the gallery tells none', () => {
    const former = anImage({
      width: 4000,
      height: 3000,
      urls: { original: '/o', small: '/s.jpg', large: '/l.jpg' },
    });
    expect(srcSetOf(renditionsOf(former))).toBe('/s.jpg 400w, /l.jpg 1600w');
  });

  it('are none before the gallery has looked', () => {
    const pending = anImage({
      width: null,
      height: null,
      urls: { original: '/o', small: null, large: null },
    });
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
