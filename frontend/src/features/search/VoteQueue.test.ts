import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keyOf, VoteQueue, type Ballot, type VoteDependencies } from './VoteQueue';

const ballot = (imageId: string, vote: Ballot['vote'] = 'positive', query = 'dog') => ({
  query,
  imageId,
  vote,
});

describe('votes', () => {
  const send = vi.fn<VoteDependencies['send']>();
  const onError = vi.fn<VoteDependencies['onError']>();
  let votes: VoteQueue;
  const shown = (imageId: string) => votes.store.getState().cast[keyOf('dog', imageId)];
  const sent = () => send.mock.calls.map(([ballots]) => ballots);
  const pause = () => vi.advanceTimersByTimeAsync(1000);

  beforeEach(() => {
    vi.useFakeTimers();
    send.mockReset().mockResolvedValue();
    onError.mockReset();
    votes = new VoteQueue({ send, onError });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('are seen at once and sent together a moment later', async () => {
    votes.cast(ballot('a'));
    votes.cast(ballot('b', 'negative'));
    votes.cast(ballot('a', 'positive', 'animal'));
    expect([shown('a'), shown('b'), sent()]).toEqual(['positive', 'negative', []]);
    await pause();
    expect(sent()).toEqual([[ballot('a'), ballot('b', 'negative'), ballot('a', 'positive', 'animal')]]);
    expect(votes.store.getState().improved).toEqual(['dog', 'animal']);
  });

  it('that were taken back in time are never sent', async () => {
    votes.cast(ballot('a'));
    votes.cast(ballot('a'));
    await pause();
    expect([shown('a'), sent()]).toEqual([undefined, []]);
  });

  it('that were counted can be changed, but not be withdrawn', async () => {
    votes.cast(ballot('a'));
    await pause();
    votes.cast(ballot('a'));
    await pause();
    expect([shown('a'), sent().length]).toEqual(['positive', 1]);
    votes.cast(ballot('a', 'negative'));
    votes.cast(ballot('a', 'negative'));
    expect(shown('a')).toBe('positive');
    votes.cast(ballot('a', 'negative'));
    await pause();
    expect([shown('a'), sent()[1]]).toEqual(['negative', [ballot('a', 'negative')]]);
  });

  it('are taken back when they could not be sent, but for what was changed meanwhile', async () => {
    let fail = () => {};
    send.mockReturnValueOnce(new Promise((_, reject) => (fail = () => reject(new Error('unreachable')))));
    votes.cast(ballot('a'));
    votes.cast(ballot('b'));
    await pause();
    votes.cast(ballot('b', 'negative'));
    fail();
    await vi.advanceTimersByTimeAsync(0);
    expect([shown('a'), shown('b')]).toEqual([undefined, 'negative']);
    expect(onError).toHaveBeenCalledTimes(1);
    expect(votes.store.getState().improved).toEqual([]);
  });

  it('are sent one after the other, so that the last one holds', async () => {
    let arrive = () => {};
    send.mockReturnValueOnce(new Promise((resolve) => (arrive = resolve)));
    votes.cast(ballot('a'));
    await pause();
    votes.cast(ballot('a', 'negative'));
    await pause();
    expect(sent()).toHaveLength(1);
    arrive();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent()[1]).toEqual([ballot('a', 'negative')]);
  });

  it('are sent at once when the page is left, however many', () => {
    for (let image = 0; image < 45; image += 1) votes.cast(ballot(String(image)));
    votes.leave();
    expect(send.mock.calls.map(([ballots, leaving]) => [ballots.length, leaving])).toEqual([
      [20, true],
      [20, true],
      [5, true],
    ]);
  });

  it('on a query count as used once it is searched for again', async () => {
    votes.cast(ballot('a'));
    await votes.flush();
    votes.searched('dog');
    expect(votes.store.getState().improved).toEqual([]);
  });

  it('are forgotten, even those not sent, when somebody else is here', async () => {
    votes.cast(ballot('a'));
    votes.forget();
    await pause();
    expect([shown('a'), sent()]).toEqual([undefined, []]);
  });
});
