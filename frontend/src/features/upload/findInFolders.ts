import { fromEvent } from 'file-selector';

/** Returns the files that are dropped and those in dropped folders; what the browser itself calls files where those can't be read. */
export async function findInFolders(dropped: DragEvent): Promise<File[]> {
  const plain = [...(dropped.dataTransfer?.files ?? [])];
  try {
    const entries = await fromEvent(dropped);
    return entries.filter((entry) => entry instanceof File);
  } catch {
    return plain;
  }
}
