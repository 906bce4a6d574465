import { api, expectData } from '@/api/client';
import type { Me, MeChange } from '@/api/types';

/** PATCH /api/me: what one is called, what one says of oneself, and once by which name one is found. */
export function changeMe(change: MeChange): Promise<Me> {
  return expectData(api.PATCH('/api/me', { body: change }));
}
