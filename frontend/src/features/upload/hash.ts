import pLimit from 'p-limit';

// A file is read as a whole: no more than the largest upload is in memory at any time.
const oneByOne = pLimit(1);

let worker: Worker | null = null;

/**
 * Returns the SHA-256 of a file in hexadecimal digits, worked out in a thread of its own.
 *
 * Null where the browser has none, or no cryptography (pages that were not fetched securely): a file may be sent without.
 */
export function hash(file: File): Promise<string | null> {
  if (typeof Worker === 'undefined' || !window.isSecureContext) return Promise.resolve(null);
  return oneByOne(() => ask(file));
}

function ask(file: File): Promise<string | null> {
  worker ??= new Worker(new URL('./hashing.worker.ts', import.meta.url), { type: 'module' });
  const asked = worker;
  return new Promise((resolve) => {
    asked.onmessage = ({ data }: MessageEvent<string | null>) => resolve(data);
    asked.onerror = () => {
      asked.terminate();
      worker = null;
      resolve(null);
    };
    asked.postMessage(file);
  });
}
