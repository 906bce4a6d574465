import pRetry from 'p-retry';
import { api, expectData } from '@/api/client';
import { Problem } from '@/api/problem';
import type { Ballot, Vote } from './VoteQueue';

/** POST /api/feedback: counts votes; should the page be gone meanwhile, the browser still sends them. */
export async function sendVotes(ballots: readonly Ballot[], leaving: boolean): Promise<void> {
  const body = { feedback: feedbackOf(ballots) };
  const send = () => expectData(api.POST('/api/feedback', { body, keepalive: leaving }));
  await pRetry(send, {
    retries: leaving ? 0 : 2,
    randomize: true,
    shouldRetry: ({ error }) => error instanceof Problem && error.retryable,
  });
}

/** Writes votes down by query. */
export function feedbackOf(ballots: readonly Ballot[]) {
  const queries = [...new Set(ballots.map(({ query }) => query))];
  const idsOf = (query: string, vote: Vote) =>
    ballots.filter((other) => other.query === query && other.vote === vote).map(({ imageId }) => imageId);
  return queries.map((query) => ({
    query,
    positive: idsOf(query, 'positive'),
    negative: idsOf(query, 'negative'),
  }));
}
