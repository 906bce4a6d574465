import { describe, expect, it } from 'vitest';
import { findInFolders } from './findInFolders';

const cat = new File(['cat'], 'cat.jpg', { type: 'image/jpeg' });
const dog = new File(['dog'], 'dog.jpg', { type: 'image/jpeg' });

const entryOf = (file: File) => ({
  isDirectory: false,
  fullPath: `/holiday/${file.name}`,
  file: (done: (file: File) => void) => done(file),
});

/** A folder of some files, which browsers hand out in portions. */
function folderOf(...files: File[]) {
  const portions = files.map((file) => [entryOf(file)]);
  const createReader = () => ({
    readEntries: (done: (entries: object[]) => void) => done(portions.shift() ?? []),
  });
  return { kind: 'file', webkitGetAsEntry: () => ({ isDirectory: true, createReader }) };
}

const drop = (items: object[], files: File[]) =>
  ({ type: 'drop', dataTransfer: { items, files } }) as unknown as DragEvent;

describe('files that are dropped', () => {
  it('are those in folders too, however many portions they come in', async () => {
    const files = await findInFolders(drop([folderOf(cat, dog)], []));
    expect(files.map(({ name }) => name)).toEqual(['cat.jpg', 'dog.jpg']);
  });

  it('are what the browser says where a folder can’t be read', async () => {
    const unreadable = {
      kind: 'file',
      webkitGetAsEntry: () => {
        throw new DOMException('No', 'NotReadableError');
      },
    };
    expect(await findInFolders(drop([unreadable], [cat]))).toEqual([cat]);
  });
});
