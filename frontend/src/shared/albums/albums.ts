import { api, expectData, expectDone } from '@/api/client';
import type { Album, AlbumChange, AlbumPage, NewAlbum } from '@/api/types';

/** Whose albums a list has: one's own, public ones and those that one was let into, or the public ones of a person. */
export type Shelf = 'own' | 'others' | { readonly by: string };

/** GET /api/albums: one page of albums, newest first. */
export function listAlbums(shelf: Shelf, cursor: string | null, signal?: AbortSignal): Promise<AlbumPage> {
  const query = {
    limit: 48,
    ...(shelf === 'own' && { owner: 'me' }),
    ...(typeof shelf === 'object' && { owner: shelf.by }),
    ...(cursor !== null && { cursor }),
  };
  return expectData(api.GET('/api/albums', { params: { query }, signal }));
}

/** POST /api/albums: makes an empty album. */
export function createAlbum(album: NewAlbum): Promise<Album> {
  return expectData(api.POST('/api/albums', { body: album }));
}

/** PATCH /api/albums/{id}: changes an album, if nobody has changed it since it was read. */
export function changeAlbum({ id, version }: Album, change: AlbumChange): Promise<Album> {
  const params = { path: { album_id: id }, header: { 'if-match': `"${version}"` } };
  return expectData(api.PATCH('/api/albums/{album_id}', { params, body: change }));
}

/** DELETE /api/albums/{id}: ends an album and its links; its pictures stay. */
export function deleteAlbum(id: string): Promise<void> {
  return expectDone(api.DELETE('/api/albums/{album_id}', { params: { path: { album_id: id } } }));
}
