import { api, expectDone } from '@/api/client';
import { Problem } from '@/api/problem';

/** DELETE /api/posts/{id}: gone for good; a post that went before is gone as well. */
export async function deletePost(id: string): Promise<void> {
  try {
    await expectDone(api.DELETE('/api/posts/{post_id}', { params: { path: { post_id: id } } }));
  } catch (error) {
    if (!(error instanceof Problem && error.status === 404)) throw error;
  }
}
