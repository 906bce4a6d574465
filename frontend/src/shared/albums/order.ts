import { api, expectData } from '@/api/client';

/** POST /api/albums/{id}/order: puts up to a hundred pictures right behind another one in an album that is ordered by hand, first of all for null, and returns why not where that failed. */
export async function movePictures(
  albumId: string,
  ids: readonly string[],
  after: string | null,
): Promise<Map<string, string>> {
  const params = { path: { album_id: albumId } };
  const body = { ids: [...ids], after };
  const { results } = await expectData(api.POST('/api/albums/{album_id}/order', { params, body }));
  const failed = results.filter(({ status }) => status >= 300);
  return new Map(
    failed.map(({ id, status, detail }) => [id, detail ?? `The gallery answered with error ${status}.`]),
  );
}
