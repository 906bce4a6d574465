import { describe, expect, it } from 'vitest';
import { designIn, parametersOf, tileSetsIn } from './design';

describe('the design of a mosaic', () => {
  it('is what the address says', () => {
    const design = designIn(new URLSearchParams('tiles=cifar10&tile_size=24&blend=0.45'));
    expect(design).toEqual({ tiles: 'cifar10', size: 24, blend: 0.45 });
    expect(design && parametersOf(design)).toEqual({ tiles: 'cifar10', tile_size: 24, blend: 0.45 });
  });

  it.each([
    '',
    'tiles=gallery&tile_size=32',
    'tiles=gallery&tile_size=32&blend=',
    'tiles=gallery&tile_size=15&blend=0',
    'tiles=gallery&tile_size=65&blend=0',
    'tiles=gallery&tile_size=16.5&blend=0',
    'tiles=gallery&tile_size=16&blend=1.1',
    'tiles=toString&tile_size=16&blend=1',
  ])('is none where the address “%s” makes no sense', (address) => {
    expect(designIn(new URLSearchParams(address))).toBeNull();
  });

  it('is of tiles that the gallery has', () => {
    expect(tileSetsIn(['cifar10', 'emoji']).map(({ value }) => value)).toEqual(['cifar10']);
  });
});
