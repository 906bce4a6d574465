import { api, expectData } from '@/api/client';
import type { MosaicState } from '@/api/types';
import { parametersOf, type Design } from './design';

const WIDTH = 2048;

/** POST /api/images/{id}/mosaic: has a mosaic made, unless it is there already. */
export async function makeMosaic(id: string, design: Design): Promise<MosaicState> {
  const params = { path: { image_id: id } };
  const body = { ...parametersOf(design), width: WIDTH };
  const made = await expectData(api.POST('/api/images/{image_id}/mosaic', { params, body }));
  return 'url' in made ? made : { status: 'pending', progress: 0 };
}

/** GET /api/images/{id}/mosaic: how far a mosaic is that was asked for, and where it is. */
export function findMosaic(id: string, design: Design, signal: AbortSignal): Promise<MosaicState> {
  const params = { path: { image_id: id }, query: { ...parametersOf(design), width: WIDTH } };
  return expectData(api.GET('/api/images/{image_id}/mosaic', { params, signal }));
}
