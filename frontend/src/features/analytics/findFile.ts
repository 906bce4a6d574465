import { api, expectData } from '@/api/client';
import { awaitFile } from '@/shared/awaitFile';

/** GET /api/analytics?format=csv: waits until the file is made, and returns where it can be saved from; for admins. */
export function findFile(query: string | undefined, signal: AbortSignal): Promise<string> {
  const params = { query: { format: 'csv' as const, ...(query !== undefined && { query }) } };
  return awaitFile(() => expectData(api.GET('/api/analytics', { params, signal })), signal);
}
