// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CaptionWatch, pollDelay } from './captionWatch';

describe('the watch for captions', () => {
  const ask = vi.fn<(ids: readonly string[]) => Promise<void>>();
  let watch: CaptionWatch;

  beforeEach(() => {
    vi.useFakeTimers();
    ask.mockReset().mockResolvedValue();
    watch = new CaptionWatch(ask);
  });

  afterEach(() => {
    watch.watch([]);
    vi.useRealTimers();
  });

  it('asks soon at first, every two seconds later, seldom after a minute', () => {
    expect([0, 4000, 30_000, 61_000].map(pollDelay)).toEqual([300, 1000, 2000, 15_000]);
  });

  it('asks for all pictures at once until there are none', async () => {
    watch.watch(['a', 'b']);
    await vi.advanceTimersByTimeAsync(0);
    expect(ask.mock.calls).toEqual([[['a', 'b']]]);
    watch.watch([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('is not asked more often however fast pictures come in', async () => {
    for (let count = 1; count <= 40; count += 1) {
      watch.watch(Array.from({ length: count }, (_, index) => String(index)));
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(ask.mock.calls.length).toBeGreaterThanOrEqual(6);
    expect(ask.mock.calls.length).toBeLessThanOrEqual(8);
  });

  it('goes on after a failure', async () => {
    ask.mockRejectedValue(new Error('unreachable'));
    watch.watch(['a']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ask.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  it('lets more than a hundred pictures take turns', async () => {
    watch.watch(Array.from({ length: 150 }, (_, index) => String(index)));
    await vi.advanceTimersByTimeAsync(700);
    expect(ask.mock.calls.slice(0, 2).map(([ids]) => ids.length)).toEqual([100, 50]);
  });

  it('rests while nobody looks at the page', async () => {
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    watch.watch(['a']);
    await vi.advanceTimersByTimeAsync(5000);
    expect(ask).not.toHaveBeenCalled();
    hidden.mockReturnValue(false);
    watch.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
