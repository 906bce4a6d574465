import { api, expectData, expectDone } from '@/api/client';
import type { AlbumLink, LinkChange, MadeLink, NewLink } from '@/api/types';

/** GET /api/albums/{id}/links: the links that open an album at present, without what opens it. */
export async function findLinks(albumId: string, signal: AbortSignal): Promise<AlbumLink[]> {
  const params = { path: { album_id: albumId } };
  const { links } = await expectData(api.GET('/api/albums/{album_id}/links', { params, signal }));
  return links;
}

/** POST /api/albums/{id}/links: makes a link; only this answer ever holds its address. */
export function createLink(albumId: string, link: NewLink): Promise<MadeLink> {
  const params = { path: { album_id: albumId } };
  return expectData(api.POST('/api/albums/{album_id}/links', { params, body: link }));
}

/** PATCH /api/albums/{id}/links/{link_id}: changes what a link opens and allows, for everybody who has it. */
export function changeLink(albumId: string, linkId: string, change: LinkChange): Promise<AlbumLink> {
  const params = { path: { album_id: albumId, link_id: linkId } };
  return expectData(api.PATCH('/api/albums/{album_id}/links/{link_id}', { params, body: change }));
}

/** DELETE /api/albums/{id}/links/{link_id}: from now on the link opens nothing. */
export function endLink(albumId: string, linkId: string): Promise<void> {
  const params = { path: { album_id: albumId, link_id: linkId } };
  return expectDone(api.DELETE('/api/albums/{album_id}/links/{link_id}', { params }));
}
