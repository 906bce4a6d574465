import { api, expectData } from '@/api/client';
import type { Image } from '@/api/types';

/** GET /api/images?ids=: those of up to 100 pictures that exist. */
export async function findImages(ids: readonly string[], signal?: AbortSignal): Promise<Image[]> {
  const query = { ids: ids.join(',') };
  const { images } = await expectData(api.GET('/api/images', { params: { query }, signal }));
  return images;
}
