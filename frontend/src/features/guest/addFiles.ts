import pLimit from 'p-limit';
import { expectData } from '@/api/answers';
import { inWords } from '@/api/problem';
import type { Ticket, UploadAnswer, UploadLimits } from '@/api/types';
import { modifiedAt } from '@/shared/uploads/modifiedAt';
import { refusalOf } from '@/shared/uploads/refusalOf';
import { sendToStorage } from '@/shared/uploads/sendToStorage';
import { withRetry } from '@/shared/uploads/withRetry';
import { keep, linkApi, tokenOfPage } from './visit';

/** How far one file is on its way to the album. */
export interface Addition {
  readonly file: File;
  readonly step: 'waiting' | 'sending' | 'added' | 'refused';
  readonly sentBytes: number;
  readonly imageId: string | null;
  /** Why it was refused. */
  readonly detail: string | null;
}

export type Note = (file: File, news: Partial<Addition>) => void;

const MAX_CONCURRENT_UPLOADS = 3;

/** Adds files to the album, signed with a name or not, noting how far each is; one that is refused stops no other. */
export async function addFiles(
  files: readonly File[],
  guestName: string | null,
  limits: UploadLimits,
  note: Note,
  signal: AbortSignal,
): Promise<void> {
  const fitting = files.filter((file) => {
    const detail = refusalOf(file, limits);
    if (detail !== null) note(file, { step: 'refused', detail });
    return detail === null;
  });
  for (let from = 0; from < fitting.length && !signal.aborted; from += limits.max_files) {
    await addSome(fitting.slice(from, from + limits.max_files), guestName, note, signal);
  }
}

/** Adds as many files as one request has tickets for. */
async function addSome(files: readonly File[], guestName: string | null, note: Note, signal: AbortSignal) {
  const oneOfFew = pLimit(MAX_CONCURRENT_UPLOADS);
  try {
    const answers = await requestTickets(files, guestName, signal);
    await Promise.all(
      files.map((file, index) =>
        oneOfFew(() => send(file, answers[index], (news) => note(file, news), signal)),
      ),
    );
  } catch (error) {
    files.forEach((file) => note(file, { step: 'refused', detail: inWords(error) }));
  }
}

/** POST /api/links/{token}/uploads: a ticket for each file, in order; the visit begins with the first. */
async function requestTickets(files: readonly File[], guest_name: string | null, signal: AbortSignal) {
  const body = { files: files.map(describe), guest_name };
  const params = { path: { token: tokenOfPage() } };
  const { uploads, visit } = await expectData(
    linkApi.POST('/api/links/{token}/uploads', { params, body, signal }),
  );
  keep('visit', visit);
  return uploads;
}

function describe(file: File) {
  const { name, type, size, lastModified } = file;
  return { name: name.slice(-255), type, size, modified_at: modifiedAt(lastModified) };
}

async function send(
  file: File,
  answer: UploadAnswer | undefined,
  note: (news: Partial<Addition>) => void,
  signal: AbortSignal,
): Promise<void> {
  if (answer?.status !== 'ready') {
    note({ step: 'refused', detail: refusalIn(answer) });
    return;
  }
  try {
    note({ step: 'sending' });
    await sendWithRetry(answer, file, (sentBytes) => note({ sentBytes }), signal);
    note({ step: 'added', sentBytes: file.size, imageId: answer.image_id });
  } catch (error) {
    note({ step: 'refused', detail: inWords(error) });
  }
}

function refusalIn(answer: Exclude<UploadAnswer, Ticket> | undefined): string {
  return answer?.status === 'rejected' ? answer.detail : 'This picture is in the album already.';
}

function sendWithRetry(ticket: Ticket, file: File, progress: (bytes: number) => void, signal: AbortSignal) {
  return withRetry(
    () => sendToStorage(ticket, file, signal, progress),
    {
      retryDelay: 1000,
      waitForConnection: () => Promise.resolve(false),
      waitForRetryAfter: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    },
    signal,
  );
}
