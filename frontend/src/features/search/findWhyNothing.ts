import { api, expectData } from '@/api/client';

/** Why a search can find nothing: there is nothing, or nothing that the model has looked at, or nothing that fits. */
export type WhyNothing = 'no pictures' | 'no captions' | 'no match';

/** GET /api/images, twice: asks for one picture, and for one that has its caption. */
export async function findWhyNothing(signal: AbortSignal): Promise<WhyNothing> {
  const [any, captioned] = await Promise.all([holds({}, signal), holds({ status: 'captioned' }, signal)]);
  if (!any) return 'no pictures';
  return captioned ? 'no match' : 'no captions';
}

async function holds(only: { status?: 'captioned' }, signal: AbortSignal): Promise<boolean> {
  const query = { limit: 1, ...only };
  const { images, next_cursor } = await expectData(api.GET('/api/images', { params: { query }, signal }));
  return images.length > 0 || next_cursor !== null;
}
