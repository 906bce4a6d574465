import { fromEvent } from 'file-selector';

/** Returns the files that are dropped and those in dropped folders; what the browser itself calls files where those can't be read. */
export async function findInFolders(dropped: DragEvent): Promise<File[]> {
  const plain = [...(dropped.dataTransfer?.files ?? [])];
  try {
    const found = await fromEvent(dropped);
    return found.filter((each) => each instanceof File);
  } catch {
    return plain;
  }
}
