// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { saveBlob } from '@/shared/saveBlob';
import { MOST_IN_MEMORY, saveStream } from './saveStream';

vi.mock('@/shared/saveBlob', () => ({ saveBlob: vi.fn() }));

const bytes =
  (...pieces: number[][]) =>
  () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        pieces.forEach((piece) => controller.enqueue(new Uint8Array(piece)));
        controller.close();
      },
    });
const { signal } = new AbortController();

describe('saving a stream', () => {
  beforeEach(() => {
    vi.stubGlobal('showSaveFilePicker', undefined);
    vi.mocked(saveBlob).mockClear();
  });

  it('writes straight to the file that was chosen, where a browser can', async () => {
    const written: number[] = [];
    const file = new WritableStream<Uint8Array>({ write: (piece) => void written.push(...piece) });
    vi.stubGlobal('showSaveFilePicker', (options: unknown) => {
      expect(options).toEqual({ suggestedName: 'all.zip' });
      return Promise.resolve({ createWritable: () => Promise.resolve(file) });
    });
    expect(await saveStream('all.zip', MOST_IN_MEMORY + 1, bytes([1, 2], [3]), signal)).toBe(true);
    expect(written).toEqual([1, 2, 3]);
    expect(saveBlob).not.toHaveBeenCalled();
  });

  it('asks for nothing when somebody thinks again', async () => {
    vi.stubGlobal('showSaveFilePicker', () => Promise.reject(new DOMException('no', 'AbortError')));
    const begin = vi.fn();
    expect(await saveStream('all.zip', 3, begin, signal)).toBe(false);
    expect(begin).not.toHaveBeenCalled();
  });

  it('is a download elsewhere', async () => {
    await saveStream('all.zip', 3, bytes([1, 2], [3]), signal);
    const [blob, name] = vi.mocked(saveBlob).mock.lastCall ?? [];
    expect([blob?.size, blob?.type, name]).toEqual([3, 'application/zip', 'all.zip']);
  });

  it('says how much a browser can hold that can’t write to files', async () => {
    const begin = vi.fn();
    await expect(saveStream('all.zip', MOST_IN_MEMORY + 1, begin, signal)).rejects.toThrow(
      'These are more than 500 MB, which is what this browser can save at once. Choose fewer.',
    );
    expect(begin).not.toHaveBeenCalled();
  });
});
