import { api, expectData, expectDone } from '@/api/client';
import type { AlbumPerson, AlbumRole } from '@/api/types';

/** GET /api/users: up to ten people whose names begin with some letters. */
export async function suggestPeople(query: string, signal: AbortSignal) {
  const { users } = await expectData(api.GET('/api/users', { params: { query: { query } }, signal }));
  return users;
}

/** GET /api/albums/{id}/people: who was let into an album, or is asked. */
export async function findPeople(albumId: string, signal: AbortSignal): Promise<AlbumPerson[]> {
  const params = { path: { album_id: albumId } };
  const { people } = await expectData(api.GET('/api/albums/{album_id}/people', { params, signal }));
  return people;
}

/** PUT /api/albums/{id}/people/{username}: lets somebody in or asks them, and says as what; as `me` it accepts. */
export function letIn(albumId: string, username: string, role?: AlbumRole): Promise<void> {
  const params = { path: { album_id: albumId, username } };
  const body = { role: role ?? 'viewer' };
  return expectDone(api.PUT('/api/albums/{album_id}/people/{username}', { params, body }));
}

/** DELETE /api/albums/{id}/people/{username}: lets somebody go, with the pictures they added; as `me` one leaves or declines. */
export function letGo(albumId: string, username: string): Promise<void> {
  const params = { path: { album_id: albumId, username } };
  return expectDone(api.DELETE('/api/albums/{album_id}/people/{username}', { params }));
}
