// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { api, expectData } from './client';
import { inWords, type Problem } from './problem';

function answering(body: string, status: number, type = 'application/problem+json') {
  vi.stubGlobal('fetch', () =>
    Promise.resolve(new Response(body, { status, headers: { 'Content-Type': type } })),
  );
  return expectData(api.GET('/api/settings')).catch((error: unknown) => error);
}

describe('what the gallery answers', () => {
  it('is returned as it is', async () => {
    expect(await answering('{"version":"0.1.0"}', 200, 'application/json')).toEqual({ version: '0.1.0' });
  });

  it('is a problem in the words of its detail', async () => {
    const problem = (await answering('{"status":404,"detail":"There is no such image."}', 404)) as Problem;
    expect([problem.status, problem.retryable, inWords(problem)]).toEqual([
      404,
      false,
      'There is no such image.',
    ]);
  });

  it('has words even where a proxy answered with a page', async () => {
    const problem = (await answering('<html>Bad gateway</html>', 502, 'text/html')) as Problem;
    expect([problem.retryable, inWords(problem)]).toEqual([true, 'The gallery answered with error 502.']);
  });

  it('may be nothing at all', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const call = expectData(api.GET('/api/settings'));
    await expect(call).rejects.toMatchObject({ status: 0, retryable: true });
  });
});
