import { api, expectData } from '@/api/client';
import type { UploadAnswer } from '@/api/types';
import type { Upload } from './queue';

type Wish = Pick<Upload, 'file' | 'sha256' | 'visibility'>;

/** POST /api/uploads: a ticket for each file, in order, or why there is none. */
export async function requestTickets(wishes: readonly Wish[]): Promise<UploadAnswer[]> {
  const files = wishes.map(({ file: { name, type, size }, sha256, visibility }) => ({
    name: name.slice(-255),
    type,
    size,
    ...(sha256 !== null && { sha256 }),
    visibility,
  }));
  const { uploads } = await expectData(api.POST('/api/uploads', { body: { files } }));
  return uploads;
}
