import { api, expectData } from '@/api/client';
import type { Image } from '@/api/types';

/** GET /api/images/{id}: one picture. */
export function getImage(id: string, signal?: AbortSignal): Promise<Image> {
  const params = { path: { image_id: id } };
  return expectData(api.GET('/api/images/{image_id}', { params, signal }));
}
