import { useSuspenseQuery } from '@tanstack/react-query';
import { api, expectData } from '@/api/client';
import type { Settings } from '@/api/types';
import { openSession } from '@/api/session';

/** What is remembered of the settings. */
export const settingsKey = ['settings'] as const;

const FRESH_MS = 5 * 60_000;

/** GET /api/settings: what this gallery allows; read before anything is shown, and now and then, since it can be paused. */
export function useSettings(): Settings {
  return useSuspenseQuery({
    queryKey: settingsKey,
    queryFn: async ({ signal }) => {
      const settings = await expectData(api.GET('/api/settings', { signal }));
      openSession(settings.identity);
      return settings;
    },
    staleTime: Infinity,
    refetchInterval: FRESH_MS,
    refetchOnWindowFocus: 'always',
  }).data;
}
