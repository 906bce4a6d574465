import { stat } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import type { Content } from '../content';
import { sentenceOf, UsageError } from '../exits';
import { walk } from '../folder';

const ZIP = /\.zip$/i;
const TAR = /\.(tgz|tar|tar\.gz)$/i;
const UNREADABLE_NAME = '�';

/** A file in a folder or a zip; `path` has slashes, and the name of the folder or zip unless that is a part of a Takeout. */
export interface ArchivedFile {
  path: string;
  content: () => Promise<Content>;
  /** The CRC-32 of its bytes where a zip's directory tells it. */
  listed: { crc32: number } | null;
}

/** The files of some folders and zips as one tree, and which of them could not be read. */
export class Archive {
  readonly files: ArchivedFile[] = [];
  readonly unreadable: { name: string; detail: string }[] = [];
  readonly #zips: ZipFile[] = [];

  /**
   * Opens folders and zips, and the zips in folders, as the parts of one archive. Of zips it reads the directories alone.
   *
   * Raises UsageError for what isn't there, and for archives that can't be read in any order.
   */
  static async open(roots: readonly string[]): Promise<Archive> {
    const archive = new Archive();
    for (const root of roots) await archive.#add(root);
    return archive;
  }

  close(): void {
    for (const zip of this.#zips) zip.close();
  }

  async #add(root: string): Promise<void> {
    if (TAR.test(root))
      throw new UsageError(`“${root}” has to be unpacked first; of archives, zips are read as they are.`);
    if (ZIP.test(root) && (await isFile(root))) return this.#addZip(root, basename(root));
    const { files, unreadable } = await walk([root]);
    this.unreadable.push(...unreadable);
    const above = (await isFile(root)) ? '' : `${basename(resolve(root))}/`;
    for (const { name, path, content } of files) {
      const within = above + name.replaceAll(sep, '/');
      if (ZIP.test(name)) await this.#addZip(path, within);
      else this.files.push({ path: pathOf(within), content, listed: null });
    }
  }

  async #addZip(path: string | Buffer, name: string): Promise<void> {
    try {
      // Names are decoded here: one of them that leaves the folder would end the reading of all, and nothing is unpacked.
      const zip = await openPromise(path as string, { autoClose: false, decodeStrings: false });
      this.#zips.push(zip);
      for await (const entry of zip.eachEntry()) this.#addEntry(zip, entry, name.replace(ZIP, '/'));
    } catch (error) {
      this.unreadable.push({ name, detail: sentenceOf(error) });
    }
  }

  #addEntry(zip: ZipFile, entry: Entry, above: string): void {
    const name = above + nameIn(entry);
    if (name.endsWith('/')) return;
    if (!entry.canDecodeFileData()) {
      this.unreadable.push({ name, detail: 'It is encrypted, or packed in a way that can’t be read.' });
      return;
    }
    const { uncompressedSize: size, crc32 } = entry;
    const open = () => zip.openReadStreamPromise(entry);
    const content = { size, modified: entry.getLastModDate().getTime(), open };
    this.files.push({ path: pathOf(name), content: () => Promise.resolve(content), listed: { crc32 } });
  }
}

/** Returns an entry's name: UTF-8 also where an old packer has not said so, else the code page of its time. */
function nameIn({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  const utf8 = new TextDecoder('utf-8').decode(fileNameRaw);
  if (!utf8.includes(UNREADABLE_NAME)) return utf8.replaceAll('\\', '/');
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

/** Returns a path as all parts of a Takeout have it, without what stands above “Takeout”, composed (NFC). */
function pathOf(name: string): string {
  return name.normalize('NFC').replace(/^(.*\/)?Takeout\//, '');
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true;
}
