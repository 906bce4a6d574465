import { api, expectData } from '@/api/client';
import type { Image, ImageChange } from '@/api/types';

/** PATCH /api/images/{id}: what is said of a picture, and who may see it, if nobody has changed it since it was read. */
export function changeImage(image: Image, change: ImageChange): Promise<Image> {
  const params = { path: { image_id: image.id }, header: { 'if-match': `"${image.version}"` } };
  return expectData(api.PATCH('/api/images/{image_id}', { params, body: change }));
}
