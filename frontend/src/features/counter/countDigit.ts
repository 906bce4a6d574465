import { isLosslessNumber, parse } from 'lossless-json';
import { api, expectData } from '@/api/client';
import { Problem } from '@/api/problem';

/** GET /api/counter: how often a digit is written from 1 to a number, exactly, whatever the length of the answer. */
export async function countDigit(digit: string, n: string, signal: AbortSignal): Promise<bigint> {
  const params = { query: { digit, n } };
  const text = await expectData(api.GET('/api/counter', { params, signal, parseAs: 'text' }));
  const { count } = parse(text) as { count?: unknown };
  if (!isLosslessNumber(count)) throw new Problem(502, 'The gallery’s answer is no number.');
  return BigInt(count.value);
}
