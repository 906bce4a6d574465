import { api, expectData } from '@/api/client';
import { pageOf, type PicturePage } from './page';

/** GET /api/images/{id}/similar: the pictures most like one, most alike first. */
export async function similarImages(id: string, signal: AbortSignal): Promise<PicturePage> {
  const params = { path: { image_id: id }, query: { limit: 48 } };
  const { results } = await expectData(api.GET('/api/images/{image_id}/similar', { params, signal }));
  return pageOf(results, null);
}
