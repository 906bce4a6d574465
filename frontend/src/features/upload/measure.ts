/** Returns width divided by height of a picture as it is seen, or null where the browser can't draw it (say, HEIC). */
export function measure(url: string): Promise<number | null> {
  return new Promise((resolve) => {
    const image = new Image();
    image.addEventListener('load', () => {
      resolve(image.naturalHeight > 0 ? image.naturalWidth / image.naturalHeight : null);
    });
    image.addEventListener('error', () => {
      resolve(null);
    });
    image.src = url;
  });
}
