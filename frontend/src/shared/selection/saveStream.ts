import { Problem } from '@/api/problem';
import { byteSize } from '@/shared/pictures/words';
import { saveBlob } from '@/shared/saveBlob';

type SavePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

/** How many bytes may be gathered in memory where a browser can't write straight to a file. */
export const MOST_IN_MEMORY = 500 * 1024 * 1024;

/** Whether this browser can write straight to a file, so that memory is no bound. */
export function writesToFiles(): boolean {
  return 'showSaveFilePicker' in window;
}

/**
 * Saves what a stream brings: straight to a file that one chooses, else gathered in memory and then as a download.
 *
 * `expected` is about how many bytes that will be. Returns false when somebody thought again; throws the Problem that it is
 * too much for memory.
 */
export async function saveStream(
  name: string,
  expected: number,
  begin: () => ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<boolean> {
  const picker = (window as { showSaveFilePicker?: SavePicker }).showSaveFilePicker;
  if (picker === undefined) {
    if (expected > MOST_IN_MEMORY) throw tooMuch(expected);
    saveBlob(await gathered(begin(), signal), name);
    return true;
  }
  const handle = await chosen(picker, name);
  if (handle === null) return false;
  await begin().pipeTo(await handle.createWritable(), { signal });
  return true;
}

async function chosen(picker: SavePicker, suggestedName: string): Promise<FileSystemFileHandle | null> {
  try {
    return await picker.call(window, { suggestedName });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

/** Gathers a stream; throws the Problem that it brings more than may be held. */
async function gathered(stream: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<Blob> {
  const pieces: BlobPart[] = [];
  let bytesGathered = 0;
  const gather = new WritableStream<Uint8Array<ArrayBuffer>>({
    write(piece) {
      bytesGathered += piece.byteLength;
      if (bytesGathered > MOST_IN_MEMORY) throw tooMuch(bytesGathered);
      pieces.push(piece);
    },
  });
  await stream.pipeTo(gather, { signal });
  return new Blob(pieces, { type: 'application/zip' });
}

function tooMuch(bytes: number): Problem {
  return new Problem(
    413,
    `These are more than ${byteSize(Math.min(bytes, MOST_IN_MEMORY))}, which is what this browser can save at once. Choose fewer.`,
  );
}
