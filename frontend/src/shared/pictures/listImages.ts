import { api, expectData } from '@/api/client';
import type { ImagePage } from '@/api/types';

/** GET /api/images: one page of pictures, newest first. */
export function listImages(cursor: string | null, signal?: AbortSignal): Promise<ImagePage> {
  const query = { limit: 48, ...(cursor === null ? {} : { cursor }) };
  return expectData(api.GET('/api/images', { params: { query }, signal }));
}
