import { expectData } from '@/api/answers';
import type { Album, BatchResult } from '@/api/types';
import { Albums } from './albums';
import { EXIT, UsageError } from './exits';
import type { Gallery } from './gallery';
import { listPages } from './pictures';
import type { Terminal } from './terminal';

const IDS_PER_REQUEST = 100;

/** Lists one's own albums, the newest first. Returns the exit code, as all of these do. */
export async function listAlbums(gallery: Gallery, terminal: Terminal): Promise<number> {
  for (const album of (await ownAlbums(gallery)).all) await terminal.result(album, wordsOf(album));
  return EXIT.done;
}

/** Makes an album. */
export async function createAlbum(
  gallery: Gallery,
  terminal: Terminal,
  title: string,
  look: { description: string | null; visibility: Album['visibility'] },
): Promise<number> {
  await ownAlbums(gallery);
  const album = await expectData(
    gallery.api.POST('/api/albums', { body: { title, ...look, order: 'taken' } }),
  );
  await terminal.result(album, wordsOf(album));
  return EXIT.done;
}

/** Lists the pictures of an album, in its order. */
export async function showAlbum(gallery: Gallery, terminal: Terminal, words: string): Promise<number> {
  const { id, title, description } = (await ownAlbums(gallery)).find(words);
  terminal.message([title, description].filter(Boolean).join('\n'));
  for await (const images of listPages(gallery, { album: id }, Infinity))
    for (const image of images) {
      const day = image.taken_at.slice(0, 10);
      await terminal.result(image, [image.id, day, image.title ?? image.filename ?? ''].join('  ').trimEnd());
    }
  return EXIT.done;
}

/** Puts pictures into an album, or takes them out of it, and says what became of each. */
export async function changeAlbum(
  gallery: Gallery,
  terminal: Terminal,
  change: 'add' | 'remove',
  words: string,
  ids: readonly string[],
): Promise<number> {
  const { id } = (await ownAlbums(gallery)).find(words);
  const results: BatchResult[] = [];
  for (let at = 0; at < ids.length; at += IDS_PER_REQUEST) {
    const some = ids.slice(at, at + IDS_PER_REQUEST);
    for (const result of await changeSome(gallery, change, id, some)) {
      results.push(result);
      const outcome = {
        image_id: result.id,
        status: statusOf(change, result),
        detail: result.detail ?? null,
      };
      await terminal.result(
        outcome,
        [outcome.image_id, outcome.status, outcome.detail ?? ''].join('  ').trimEnd(),
      );
    }
  }
  return results.some(({ status }) => status >= 300) ? EXIT.someFailed : EXIT.done;
}

async function changeSome(
  gallery: Gallery,
  change: 'add' | 'remove',
  album_id: string,
  ids: string[],
): Promise<BatchResult[]> {
  const call = { params: { path: { album_id } }, body: { ids } };
  const act = () =>
    expectData(
      change === 'add'
        ? gallery.api.PUT('/api/albums/{album_id}/images', call)
        : gallery.api.DELETE('/api/albums/{album_id}/images', call),
    );
  return (await gallery.withRetry(act)).results;
}

function statusOf(change: 'add' | 'remove', { status }: BatchResult): string {
  if (status >= 300) return 'failed';
  return change === 'add' ? 'added' : 'removed';
}

/** Returns one's own albums; raises UsageError for who is not signed in, or where the gallery knows of none. */
export async function ownAlbums(gallery: Gallery): Promise<Albums> {
  if (!gallery.isSignedIn) throw new UsageError('Whose albums? Sign in first: “gallery login”.');
  const albums = await Albums.open(gallery);
  if (albums === null) throw new UsageError('This gallery has no albums; it is of an earlier release.');
  return albums;
}

function wordsOf({ id, title, count, visibility, from, to }: Album): string {
  const days = from === null ? '' : `${from} to ${to ?? from}`;
  return [id, visibility.padEnd('private'.length), String(count).padStart(6), title, days]
    .join('  ')
    .trimEnd();
}
