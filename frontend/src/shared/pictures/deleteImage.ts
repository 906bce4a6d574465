import { api, expectDone } from '@/api/client';
import { Problem } from '@/api/problem';

/** DELETE /api/images/{id}: gone for good; a picture that somebody deleted before is gone as well. */
export async function deleteImage(id: string): Promise<void> {
  try {
    await expectDone(api.DELETE('/api/images/{image_id}', { params: { path: { image_id: id } } }));
  } catch (error) {
    if (!(error instanceof Problem && error.status === 404)) {
      throw error;
    }
  }
}
