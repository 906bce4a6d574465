import { api, expectDone } from '@/api/client';

/** PUT or DELETE /api/posts/{id}/like: likes a post, or no longer; as often as one likes. */
export function like(id: string, liking: boolean): Promise<void> {
  const params = { path: { post_id: id } };
  return expectDone(
    liking
      ? api.PUT('/api/posts/{post_id}/like', { params })
      : api.DELETE('/api/posts/{post_id}/like', { params }),
  );
}
