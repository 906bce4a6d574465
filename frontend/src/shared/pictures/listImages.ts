import { api, expectData } from '@/api/client';
import type { ImagePage } from '@/api/types';

/** GET /api/images: one page of everybody's pictures, of one owner's, of those with a label, or of a list of one's own; newest first. */
export function listImages(
  only: { owner?: string; label?: string; favourite?: true; archived?: true; trashed?: true },
  cursor: string | null,
  signal?: AbortSignal,
): Promise<ImagePage> {
  const query = { limit: 48, ...only, ...(cursor !== null && { cursor }) };
  return expectData(api.GET('/api/images', { params: { query }, signal }));
}
