import { api, expectDone } from '@/api/client';

export type Reportable = { image_id: string } | { post_id: string };

/** POST /api/reports: says that a picture or post should not be shown; anybody may. */
export function sendReport(thing: Reportable, reason: string): Promise<void> {
  return expectDone(api.POST('/api/reports', { body: { ...thing, reason } }));
}
