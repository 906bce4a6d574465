import { QueryClient } from '@tanstack/react-query';
import { Problem } from '@/api/problem';

/** The cache of what the gallery has said; what may pass is asked again twice, a clear no is not. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && error instanceof Problem && error.retryable,
        // Fetches are tried offline too: a gallery on this very machine needs no network.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
