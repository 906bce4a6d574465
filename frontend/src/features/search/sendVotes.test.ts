// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sendVotes } from './sendVotes';
import type { Ballot } from './VoteQueue';

const ballots: Ballot[] = [
  { query: 'dog', imageId: 'a', vote: 'positive' },
  { query: 'cat', imageId: 'a', vote: 'negative' },
  { query: 'dog', imageId: 'b', vote: 'negative' },
  { query: 'dog', imageId: 'c', vote: 'positive' },
];

describe('votes on their way to the gallery', () => {
  const fetched = vi.fn<(request: Request) => Promise<Response>>();
  const accepted = () => Promise.resolve(Response.json({ accepted: 2 }, { status: 202 }));
  const refused = (status: number) => () => Promise.resolve(Response.json({ detail: 'No.' }, { status }));

  beforeEach(() => {
    vi.stubGlobal('fetch', fetched);
    fetched.mockReset().mockImplementation(accepted);
  });

  it('are written down by query', async () => {
    await sendVotes(ballots, false);
    expect(await fetched.mock.calls[0]?.[0].json()).toEqual({
      feedback: [
        { query: 'dog', positive: ['a', 'c'], negative: ['b'] },
        { query: 'cat', positive: [], negative: ['a'] },
      ],
    });
  });

  it('outlive a page that is left', async () => {
    await sendVotes(ballots, true);
    await sendVotes(ballots, false);
    expect(fetched.mock.calls.map(([{ keepalive }]) => keepalive)).toEqual([true, false]);
  });

  it('are tried again where that may help', async () => {
    fetched.mockImplementationOnce(refused(503));
    await sendVotes(ballots, false);
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('are not tried again where that can’t help, or nobody waits', async () => {
    fetched.mockImplementation(refused(422));
    await expect(sendVotes(ballots, false)).rejects.toMatchObject({ status: 422 });
    fetched.mockImplementation(refused(503));
    await expect(sendVotes(ballots, true)).rejects.toMatchObject({ status: 503 });
    expect(fetched).toHaveBeenCalledTimes(2);
  });
});
