import { api, expectData, expectDone } from '@/api/client';
import type { Share } from '@/api/types';

/** GET /api/posts/{id}/share: the links to a post that still open. */
export async function findShares(postId: string, signal: AbortSignal): Promise<Share[]> {
  const params = { path: { post_id: postId } };
  const { shares } = await expectData(api.GET('/api/posts/{post_id}/share', { params, signal }));
  return shares;
}

/** POST /api/posts/{id}/share: makes a link that opens for anybody for so many seconds. */
export function createShare(postId: string, expiresIn: number): Promise<Share> {
  const params = { path: { post_id: postId } };
  return expectData(api.POST('/api/posts/{post_id}/share', { params, body: { expires_in: expiresIn } }));
}

/** DELETE /api/posts/{id}/share/{token}: from now on the link opens for nobody. */
export function revokeShare(postId: string, token: string): Promise<void> {
  const params = { path: { post_id: postId, token } };
  return expectDone(api.DELETE('/api/posts/{post_id}/share/{token}', { params }));
}
