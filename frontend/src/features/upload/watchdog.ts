import { Problem } from '@/api/problem';
import type { Send } from '@/shared/uploads/sendToStorage';

const STALL_MS = 60_000;
const STALLED = 'The storage has not answered for a minute.';

/** Returns a way of sending that gives up once nothing has moved for a minute, with a Problem that may pass. */
export function withWatchdog(send: Send): Send {
  return async (ticket, file, signal, onProgress) => {
    const stalled = new AbortController();
    const stall = () => stalled.abort(new Problem(504, STALLED));
    let timer = setTimeout(stall, STALL_MS);
    const touch = (sentBytes: number) => {
      clearTimeout(timer);
      timer = setTimeout(stall, STALL_MS);
      onProgress(sentBytes);
    };
    try {
      await send(ticket, file, AbortSignal.any([signal, stalled.signal]), touch);
    } finally {
      clearTimeout(timer);
    }
  };
}
