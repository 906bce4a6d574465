import { api, expectData } from '@/api/client';
import type { ImagePage } from '@/api/types';

export interface Only {
  readonly owner?: string;
  readonly label?: string;
  readonly album?: string;
  readonly favourite?: true;
  readonly review?: 'pending';
  readonly archived?: true;
  readonly trashed?: true;
  readonly order?: 'taken';
  /** The first and the last day, by when pictures were taken. */
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
  /** The fields alone that are asked for, with commas between them. */
  readonly fields?: string;
}

/** GET /api/images: one page of everybody's pictures, of one owner's, of those with a label, of an album in its order, or of a list of one's own; newest first. */
export function listImages(only: Only, cursor: string | null, signal?: AbortSignal): Promise<ImagePage> {
  const query = { limit: 48, ...only, ...(cursor !== null && { cursor }) };
  return expectData(api.GET('/api/images', { params: { query }, signal }));
}
