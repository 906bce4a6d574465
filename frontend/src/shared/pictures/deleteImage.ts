import { api, expectDone } from '@/api/client';
import { Problem } from '@/api/problem';
import type { sendAsPerson } from '@/api/sendAsPerson';

/** DELETE /api/images/{id}: gone for good; a picture that somebody deleted before is gone as well. */
export async function deleteImage(id: string, fetch?: typeof sendAsPerson): Promise<void> {
  try {
    const path = { image_id: id };
    await expectDone(api.DELETE('/api/images/{image_id}', { params: { path }, ...(fetch && { fetch }) }));
  } catch (error) {
    if (!(error instanceof Problem && error.status === 404)) {
      throw error;
    }
  }
}
