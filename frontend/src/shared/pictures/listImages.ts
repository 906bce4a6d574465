import { api, expectData } from '@/api/client';
import type { ImagePage } from '@/api/types';

/** GET /api/images: one page of everybody's or one owner's pictures, newest first. */
export function listImages(
  owner: string | null,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<ImagePage> {
  const query = { limit: 48, ...(owner !== null && { owner }), ...(cursor === null ? {} : { cursor }) };
  return expectData(api.GET('/api/images', { params: { query }, signal }));
}
