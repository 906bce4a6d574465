import type { Image } from '@/api/types';

/** Divides pictures, in their order, into parts of at most so many bytes; one that is larger is a part of its own. */
export function partsOf(images: readonly Image[], mostBytes: number): Image[][] {
  const parts: Image[][] = [];
  let bytes = 0;
  for (const image of images) {
    const size = image.size ?? 0;
    if (parts.length === 0 || bytes + size > mostBytes) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(image);
    bytes += size;
  }
  return parts;
}
