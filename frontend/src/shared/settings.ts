import { useSuspenseQuery } from '@tanstack/react-query';
import { api, expectData } from '@/api/client';
import type { Settings } from '@/api/types';
import { openSession } from './account/session';

/** GET /api/settings: what this gallery allows; read once, before anything is shown. */
export function useSettings(): Settings {
  return useSuspenseQuery({
    queryKey: ['settings'],
    queryFn: async ({ signal }) => {
      const settings = await expectData(api.GET('/api/settings', { signal }));
      openSession(settings.identity);
      return settings;
    },
    staleTime: Infinity,
  }).data;
}
