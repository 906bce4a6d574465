import type { MosaicRequest } from '@/api/types';

export type TileSet = MosaicRequest['tiles'];

/** How a mosaic shall be: of which tiles, their side in pixels, how far they take on the picture's colours from 0 to 1. */
export interface Design {
  readonly tiles: TileSet;
  readonly size: number;
  readonly blend: number;
}

export const SIZES = { min: 16, max: 64, step: 4 } as const;
const USUAL = { size: 32, blend: 0.3 };

const WORDS: Record<TileSet, string> = {
  gallery: 'Pictures of this gallery',
  cifar10: 'Small photographs of CIFAR-10',
};

/** Returns the tile sets that the page knows among those that a gallery has, with what to call them. */
export function tileSetsIn(offered: readonly string[]): { value: TileSet; label: string }[] {
  return Object.entries(WORDS)
    .filter(([value]) => offered.includes(value))
    .map(([value, label]) => ({ value: value as TileSet, label }));
}

/** Reads a design from an address, null where there is none that makes sense. */
export function designIn(parameters: URLSearchParams): Design | null {
  const tiles = parameters.get('tiles') ?? '';
  const [size, blend] = [numberIn(parameters, 'tile_size'), numberIn(parameters, 'blend')];
  const sensible =
    Number.isInteger(size) && size >= SIZES.min && size <= SIZES.max && blend >= 0 && blend <= 1;
  return isTileSet(tiles) && sensible ? { tiles, size, blend } : null;
}

export function usualDesign(tiles: TileSet): Design {
  return { tiles, ...USUAL };
}

/** The parameters that name a design in the API. */
export function parametersOf({ tiles, size, blend }: Design): MosaicQuery {
  return { tiles, tile_size: size, blend };
}

/** The same as an address of the page has them. */
export function addressOf(design: Design): Record<string, string> {
  const { tiles, tile_size, blend } = parametersOf(design);
  return { tiles, tile_size: String(tile_size), blend: String(blend) };
}

type MosaicQuery = Pick<MosaicRequest, 'tiles' | 'tile_size' | 'blend'>;

function isTileSet(text: string): text is TileSet {
  return Object.hasOwn(WORDS, text);
}

function numberIn(parameters: URLSearchParams, name: string): number {
  const text = parameters.get(name) ?? '';
  return text === '' ? NaN : Number(text);
}
