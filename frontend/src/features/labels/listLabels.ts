import { api, expectData } from '@/api/client';
import type { LabelCount } from '@/api/types';

/** GET /api/labels: the labels of all public pictures, most used first. */
export async function listLabels(signal: AbortSignal): Promise<LabelCount[]> {
  const { labels } = await expectData(api.GET('/api/labels', { signal }));
  return labels;
}
