import { renderUnicodeCompact } from 'uqr';
import { expectData, expectDone } from '@/api/answers';
import type { AlbumLink, NewLink } from '@/api/types';
import { ownAlbums } from './album';
import { EXIT } from './exits';
import type { Gallery } from './gallery';
import type { Terminal } from './terminal';

/** Makes a link to an album, and prints its address, as a QR code too where a person looks on. Returns the exit code. */
export async function makeLink(
  gallery: Gallery,
  terminal: Terminal,
  words: string,
  link: Partial<NewLink>,
): Promise<number> {
  const { id } = (await ownAlbums(gallery)).find(words);
  const params = { path: { album_id: id } };
  const made = await expectData(
    gallery.api.POST('/api/albums/{album_id}/links', { params, body: link as NewLink }),
  );
  await terminal.result(made, made.url);
  if (terminal.hasViewer && !terminal.json) terminal.message(renderUnicodeCompact(made.url));
  terminal.message(
    `Its id is ${made.link_id}. The address is shown this once: the gallery keeps a digest of it.`,
  );
  return EXIT.done;
}

/** Lists the links to an album that work, without their addresses. */
export async function listLinks(gallery: Gallery, terminal: Terminal, words: string): Promise<number> {
  const { id } = (await ownAlbums(gallery)).find(words);
  const params = { path: { album_id: id } };
  const list = () => expectData(gallery.api.GET('/api/albums/{album_id}/links', { params }));
  for (const link of (await gallery.withRetry(list)).links) await terminal.result(link, wordsOf(link));
  return EXIT.done;
}

/** Ends a link to an album at once. */
export async function endLink(
  gallery: Gallery,
  terminal: Terminal,
  words: string,
  link_id: string,
): Promise<number> {
  const { id } = (await ownAlbums(gallery)).find(words);
  const params = { path: { album_id: id, link_id } };
  await expectDone(gallery.api.DELETE('/api/albums/{album_id}/links/{link_id}', { params }));
  await terminal.result({ link_id, status: 'ended' }, `${link_id}  ended`);
  return EXIT.done;
}

function wordsOf({ link_id, name, mode, expires_at, has_password, opened, added }: AlbumLink): string {
  const facts = [
    mode.replaceAll('_', ' '),
    `opened ${opened} times`,
    `${added} added`,
    ...(has_password ? ['password'] : []),
    ...(expires_at === null ? [] : [`until ${expires_at.slice(0, 10)}`]),
    ...(name === null ? [] : [name]),
  ];
  return [link_id, ...facts].join('  ');
}
