import { api, expectData } from '@/api/client';
import { Problem } from '@/api/problem';

const PAUSE = 2000;
const TRIES = 60;

/** GET /api/analytics?format=csv: waits until the file is made, and returns where it can be saved from; for admins. */
export async function findFile(query: string | undefined, signal: AbortSignal): Promise<string> {
  const params = { query: { format: 'csv' as const, ...(query !== undefined && { query }) } };
  for (let turn = 0; turn < TRIES; turn += 1) {
    const answer = await expectData(api.GET('/api/analytics', { params, signal }));
    if ('url' in answer) return answer.url;
    await pause(signal);
  }
  throw new Problem(504, 'The file is taking unusually long. Please try again later.');
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, PAUSE);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('Nobody waits any more', 'AbortError'));
    });
  });
}
