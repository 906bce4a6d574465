import { api, expectData } from '@/api/client';
import type { UploadAnswer } from '@/api/types';

/** POST /api/uploads: a ticket for each file, in order, or why there is none. */
export async function requestTickets(files: readonly File[]): Promise<UploadAnswer[]> {
  const body = { files: files.map(({ name, type, size }) => ({ name: name.slice(-255), type, size })) };
  const { uploads } = await expectData(api.POST('/api/uploads', { body }));
  return uploads;
}
