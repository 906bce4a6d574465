import { api, expectData } from '@/api/client';
import { awaitFile } from '@/shared/awaitFile';

/** POST /api/me/export: waits until all one's data is gathered, and returns where it can be saved from. */
export function findExport(signal: AbortSignal): Promise<string> {
  return awaitFile(() => expectData(api.POST('/api/me/export', { signal })), signal);
}
