import { useQuery } from '@tanstack/react-query';
import { api, expectData } from '@/api/client';
import type { Album } from '@/api/types';

/** One album by itself, among everything that is remembered of albums. */
export const albumKey = (id: string) => ['albums', 'one', id] as const;

/** GET /api/albums/{id}: an album as whoever asks sees it. */
function getAlbum(id: string, signal: AbortSignal): Promise<Album> {
  return expectData(api.GET('/api/albums/{album_id}', { params: { path: { album_id: id } }, signal }));
}

/** One album; null asks for none. */
export function useAlbum(id: string | null) {
  return useQuery({
    queryKey: albumKey(id ?? ''),
    queryFn: ({ signal }) => getAlbum(id ?? '', signal),
    enabled: id !== null,
  });
}
