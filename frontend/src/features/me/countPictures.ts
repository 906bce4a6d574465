import { api, expectData } from '@/api/client';

const PAGE = 100;
const MOST_PAGES = 20;

/** GET /api/images: how many pictures are somebody's, in words; those of more pages than are asked for aren't counted. */
export async function countPictures(owner: string): Promise<string> {
  let pictures = 0;
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { owner, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
    const { images, next_cursor } = await expectData(api.GET('/api/images', { params: { query } }));
    pictures += images.length;
    if (next_cursor === null) return pictures === 1 ? '1 picture' : `${pictures} pictures`;
    cursor = next_cursor;
  }
  return `more than ${pictures} pictures`;
}
