import { api, expectData } from '@/api/client';
import type { Suggestion } from '@/api/types';

/** GET /api/suggestions: people whom those one follows follow, most shared connections first. */
export async function findSuggestions(signal: AbortSignal): Promise<Suggestion[]> {
  const { users } = await expectData(api.GET('/api/suggestions', { signal }));
  return users;
}
