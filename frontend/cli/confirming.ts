import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Readable } from 'node:stream';
import { UsageError } from './exits';
import type { Outlet } from './terminal';

/** Asks whoever sits at the terminal for leave; raises UsageError where nobody does. */
export async function confirm(
  question: string,
  input: Readable & { isTTY?: boolean },
  output: Outlet,
  signal: AbortSignal,
): Promise<boolean> {
  if (input.isTTY !== true) throw new UsageError('Nobody is here to confirm; --yes goes on without asking.');
  const prompt = createInterface({ input, output });
  try {
    // Ctrl-D closes without an answer.
    const silence = once(prompt, 'close').then(() => '');
    const answer = await Promise.race([prompt.question(`${question} [y/N] `, { signal }), silence]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    prompt.close();
  }
}
