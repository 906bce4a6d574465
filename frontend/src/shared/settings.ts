import { useSuspenseQuery } from '@tanstack/react-query';
import { api, expectData } from '@/api/client';
import type { Image, Settings } from '@/api/types';

/** GET /api/settings: what this gallery allows; read once, before anything is shown. */
export function useSettings(): Settings {
  return useSuspenseQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => expectData(api.GET('/api/settings', { signal })),
    staleTime: Infinity,
  }).data;
}

/** Whether the person at this page may add pictures. */
export function mayUpload(settings: Settings): boolean {
  return settings.access === 'open' && !settings.demo_only;
}

/** Whether the person at this page may delete a picture: in an open gallery anyone may, what nobody owns. */
export function mayDelete(settings: Settings, image: Image): boolean {
  return settings.access === 'open' && image.owner === null;
}
