/** Reads files and returns their SHA-256 in hexadecimal digits, beside the page so that it stays smooth; null where it can't. */
addEventListener('message', ({ data: file }: MessageEvent<File>) => {
  void digest(file).then((sha256) => postMessage(sha256));
});

async function digest(file: File): Promise<string | null> {
  try {
    const sum = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return null;
  }
}
