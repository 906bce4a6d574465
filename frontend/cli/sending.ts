import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Problem } from '@/api/problem';
import type { Ticket } from '@/api/types';
import { storageProblem } from '@/shared/uploads/storage';
import type { PictureFile } from './folder';

const SENT_WITHIN_MS = 15 * 60 * 1000;

/** The storage, or the way there; the gallery itself may be well. */
class BrokenConnection extends Problem {
  constructor(detail: string) {
    super(503, detail);
  }
}

/** Posts a picture to the storage by its ticket; rejects with a Problem in words when the storage or the network refuses. */
export async function sendToStorage(ticket: Ticket, picture: PictureFile, stop: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(SENT_WITHIN_MS)]);
  const answer = await fetch(ticket.url, { ...(await formOf(ticket, picture)), signal }).catch(
    (error: unknown) => {
      throw stop.aborted ? error : new BrokenConnection('The connection broke while sending.');
    },
  );
  const words = await answer.text();
  if (!answer.ok) throw storageProblem(answer.status, words);
}

/**
 * Returns the form that a ticket asks for (RFC 7578), its fields in their order and the picture last, as a stream.
 *
 * FormData takes Blobs alone, so that what lies in an archive would have to be in memory. S3 wants the length in advance.
 */
async function formOf(
  ticket: Ticket,
  { content, type }: PictureFile,
): Promise<RequestInit & { duplex: 'half' }> {
  const boundary = randomUUID();
  const part = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}`;
  const fields = Object.entries(ticket.fields).map(
    ([name, value]) => `${part(`name="${name}"`)}\r\n\r\n${value}\r\n`,
  );
  const file = `${part('name="file"; filename="picture"')}\r\nContent-Type: ${type}\r\n\r\n`;
  const [before, after] = [Buffer.from(fields.join('') + file), Buffer.from(`\r\n--${boundary}--\r\n`)];
  const bytes = await content.open();
  const body = async function* () {
    yield before;
    yield* bytes;
    yield after;
  };
  return {
    method: 'POST',
    headers: {
      'Content-Type': `multipart/form-data; boundary=${boundary}`,
      'Content-Length': String(before.length + content.size + after.length),
    },
    body: Readable.toWeb(Readable.from(body())) as ReadableStream,
    duplex: 'half',
  };
}
