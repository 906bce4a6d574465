import { api, expectData } from '@/api/client';
import type { Post } from '@/api/types';

/** GET /api/posts/{id}: one post as it is now. */
export function getPost(id: string, signal?: AbortSignal): Promise<Post> {
  return expectData(api.GET('/api/posts/{post_id}', { params: { path: { post_id: id } }, signal }));
}
