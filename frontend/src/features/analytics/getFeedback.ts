import { api, expectData } from '@/api/client';
import { Problem } from '@/api/problem';
import type { FeedbackPage } from '@/api/types';

interface Part {
  query?: string;
  cursor?: string;
}

/** GET /api/analytics: what people said of search results, a page of queries or one alone; for admins. */
export async function getFeedback(part: Part, signal: AbortSignal): Promise<FeedbackPage> {
  const answer = await expectData(api.GET('/api/analytics', { params: { query: part }, signal }));
  if (!('feedback' in answer)) throw new Problem(502, 'The gallery answered with something else.');
  return answer;
}
