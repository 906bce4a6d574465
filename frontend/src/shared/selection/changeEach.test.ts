// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { api } from '@/api/client';
import { anImage } from '@/testing/anImage';
import { changeEach } from './changeEach';

const images = Array.from({ length: 230 }, (_, place) =>
  anImage({ id: `p${place}`, filename: `${place}.jpg`, version: place + 1 }),
);

/** Answers batches, noting how many each was of; the second one is refused as a whole. */
function answerBatches(): number[] {
  const sizes: number[] = [];
  vi.spyOn(api, 'POST').mockImplementation(((_: string, { body }: { body: { ids: string[] } }) => {
    sizes.push(body.ids.length);
    if (sizes.length === 2)
      return Promise.resolve({
        error: { detail: 'Not now.' },
        response: new Response(null, { status: 422 }),
      });
    const results = body.ids.map((id) => ({ id, status: 200, detail: null }));
    return Promise.resolve({ data: { results }, response: new Response() });
  }) as never);
  return sizes;
}

describe('one thing done to any number of pictures', () => {
  it('takes a hundred in a call, and goes on after one that fails', async () => {
    const sizes = answerBatches();
    const steps: number[] = [];
    const change = { action: 'shift_taken', seconds: 60 } as const;
    const outcome = await changeEach(images, change, new AbortController().signal, (by) => steps.push(by));
    expect(sizes).toEqual([100, 100, 30]);
    expect(steps).toEqual([100, 100, 30]);
    expect(outcome.done.map(({ id }) => id)).toEqual(
      images.filter((_, place) => place < 100 || place >= 200).map(({ id }) => id),
    );
    expect(outcome.lines).toHaveLength(100);
    expect(outcome.lines[0]).toContain('Not now.');
  });

  it('stops between two calls', async () => {
    const sizes = answerBatches();
    const controller = new AbortController();
    const outcome = await changeEach(images, { action: 'trash' }, controller.signal, () =>
      controller.abort(),
    );
    expect([sizes, outcome.done.length]).toEqual([[100], 100]);
  });
});
