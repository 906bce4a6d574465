import { Problem } from '@/api/problem';

const PAUSE = 2000;
const MAX_ATTEMPTS = 60;

/** Asks until a file is made, every two seconds for two minutes, and returns where it can be saved from. */
export async function awaitFile(ask: () => Promise<object>, signal: AbortSignal): Promise<string> {
  for (let turn = 0; turn < MAX_ATTEMPTS; turn += 1) {
    const answer = await ask();
    if ('url' in answer && typeof answer.url === 'string') return answer.url;
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
