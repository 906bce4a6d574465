import { Problem } from '@/api/problem';
import type { Ticket } from '@/api/types';
import { formFor, storageProblem } from './storage';

/** A way of sending a file by its ticket, telling how many of its bytes have gone. */
export type Send = (
  ticket: Ticket,
  file: File,
  signal: AbortSignal,
  onProgress: (sentBytes: number) => void,
) => Promise<void>;

/**
 * Posts a file to the storage by its ticket: the form's fields in their order, the file last.
 *
 * XMLHttpRequest, since fetch doesn't tell how much has been sent. Rejects with the signal's reason when cancelled,
 * and with a Problem in words when the storage or the network refuses.
 */
export function sendToStorage(
  ticket: Ticket,
  file: File,
  signal: AbortSignal,
  onProgress: (sentBytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener('progress', ({ loaded }) => {
      onProgress(Math.min(loaded, file.size));
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) {
        resolve();
      } else {
        reject(storageProblem(request.status, request.responseText));
      }
    });
    request.addEventListener('error', () => {
      reject(new Problem(0, 'The connection broke while sending.'));
    });
    signal.addEventListener('abort', () => {
      request.abort();
      reject(signal.reason as Error);
    });
    request.open('POST', ticket.url);
    request.send(formFor(ticket, file));
  });
}
