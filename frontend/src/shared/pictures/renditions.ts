import type { Image } from '@/api/types';
import { steadyUrl } from './steadyUrl';

/** A picture in one of the sizes that the gallery makes of it, in pixels. */
export interface Rendition {
  readonly src: string;
  readonly width: number;
  readonly height: number;
}

const NAMES = ['small', 'medium', 'large'] as const;

/** Longest sides of renditions made before the gallery told their sizes; the large one stood for the medium one. */
const FORMER_SIDES = { small: 400, medium: 1600, large: 1600 };

/** Returns the renditions of a picture, one of each width, the smallest first; none while it has none or no known size. */
export function renditionsOf(image: Image): Rendition[] {
  const byWidth = new Map<number, Rendition>();
  for (const name of NAMES) {
    const url = image.urls[name];
    const size = image.sizes?.[name] ?? formerSize(image, FORMER_SIDES[name]);
    if (url && size && !byWidth.has(size.width)) byWidth.set(size.width, { src: steadyUrl(url), ...size });
  }
  return [...byWidth.values()].sort((a, b) => a.width - b.width);
}

/** Returns renditions as an img's `srcset`, from which the browser takes what its screen needs. */
export function srcSetOf(renditions: readonly Rendition[]): string | undefined {
  if (renditions.length < 2) return undefined;
  return renditions.map(({ src, width }) => `${src} ${width}w`).join(', ');
}

/** Returns how wide a picture is drawn that covers a box: wider than the box itself where its sides are cut off. */
export function coveringWidth({ width, height }: Image, box: { width: number; height: number }): number {
  const ratio = width && height ? width / height : 0;
  return Math.ceil(Math.max(box.width, box.height * ratio));
}

function formerSize({ width, height }: Image, side: number) {
  if (!width || !height) return null;
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
