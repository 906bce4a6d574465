import { thumbHashToDataURL } from 'thumbhash';

const drawn = new Map<string, string | null>();

/** Returns a data URL that draws a base64 thumbhash, or null for one that cannot be drawn. */
export function drawPlaceholder(hash: string): string | null {
  let url = drawn.get(hash);
  if (url === undefined) {
    url = draw(hash);
    drawn.set(hash, url);
  }
  return url;
}

function draw(hash: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(hash), (character) => character.charCodeAt(0));
    return bytes.length < 5 ? null : thumbHashToDataURL(bytes);
  } catch {
    return null;
  }
}
