import { api, expectData } from '@/api/client';

/** GET /api/images/{id}/download: where a picture can be saved from, by whoever is signed in; a link tells of nobody. */
export function findDownload(id: string) {
  const params = { path: { image_id: id }, query: { format: 'json' as const } };
  return expectData(api.GET('/api/images/{image_id}/download', { params }));
}
