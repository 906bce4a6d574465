import { useAlbum } from '@/shared/pictures/useAlbum';
import type { Filters } from '@/shared/pictures/filters';

/** What the album of some filters is called, by its id. */
export function useCalled(filters: Filters | undefined): Readonly<Record<string, string>> {
  const { data: album } = useAlbum(filters?.album ?? null);
  return album ? { [album.id]: `“${album.title}”` } : {};
}
