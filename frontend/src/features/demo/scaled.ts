import { Problem } from '@/api/problem';
import { byteSize } from '@/shared/pictures/words';

const LONGEST_SIDE = 1280;
const QUALITY = 0.9;
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Makes a picture small enough to be looked at: a JPEG of at most 1280 pixels a side, the right way up.
 *
 * What the browser can't draw (say, HEIC) stays as it is. Throws the Problem that it is too large for that.
 */
export async function scaled(file: File): Promise<Blob> {
  const bitmap = await decoded(file);
  if (bitmap === null) return asItIs(file);
  try {
    return await drawn(bitmap);
  } finally {
    bitmap.close();
  }
}

async function decoded(file: File): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
}

/** Draws a picture on white, as the rest of the gallery shows what is transparent, and returns it as JPEG. */
function drawn(bitmap: ImageBitmap): Promise<Blob> {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new Problem(400, 'This browser has no room to draw the picture.');
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    const done = (blob: Blob | null) =>
      blob ? resolve(blob) : reject(new Problem(400, 'This browser can’t write the picture as JPEG.'));
    canvas.toBlob(done, 'image/jpeg', QUALITY);
  });
}

function asItIs(file: File): Blob {
  const type = file.type || typeByName(file.name);
  if (!type.startsWith('image/')) throw new Problem(415, 'The file is not a picture.');
  if (file.size <= MOST_BYTES) return file.slice(0, file.size, type);
  throw new Problem(
    413,
    `This browser can’t make the picture smaller, and it may have ${byteSize(MOST_BYTES)} at most. ` +
      'Save it as JPEG and try again.',
  );
}

function typeByName(name: string): string {
  return /\.hei[cf]$/i.test(name) ? 'image/heic' : '';
}
