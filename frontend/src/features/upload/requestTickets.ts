import { api, expectData } from '@/api/client';
import type { UploadAnswer } from '@/api/types';
import { modifiedAt } from '@/shared/uploads/modifiedAt';
import { sendAs } from '@/api/sendAsPerson';
import type { Upload } from './upload';

type FileToSend = Pick<Upload, 'name' | 'size' | 'file' | 'sha256' | 'visibility' | 'album'>;

const ANSWER_MS = 60_000;

/** POST /api/uploads in the owner's name: a ticket for each file, in order, or why there is none. */
export async function requestTickets(
  owner: string | null,
  filesToSend: readonly FileToSend[],
  signal: AbortSignal,
): Promise<UploadAnswer[]> {
  const files = filesToSend.map(({ name, size, file, sha256, visibility, album }) => ({
    name: name.slice(-255),
    type: file?.type ?? '',
    size,
    ...(sha256 !== null && { sha256 }),
    visibility,
    ...(album !== undefined && { album }),
    modified_at: file && modifiedAt(file.lastModified),
  }));
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  const request = { body: { files }, fetch: sendAs(owner), signal: limited };
  const { uploads } = await expectData(api.POST('/api/uploads', request));
  return uploads;
}
