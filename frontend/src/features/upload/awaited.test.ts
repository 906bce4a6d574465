// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { UploadAnswer } from '@/api/types';
import { anImage } from '@/testing/anImage';
import { awaited, forgetAwaited, noteSentUploads } from './awaited';
import { UploadQueue } from './queue';

const ticket = (image_id: string): UploadAnswer => ({
  status: 'ready',
  image_id,
  url: '',
  fields: {},
  expires_at: '2999-01-01T00:00:00Z',
});

describe('what is still awaited after a reload', () => {
  const kept = () => sessionStorage.getItem('awaited pictures') ?? '';

  beforeEach(() => {
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:it', revokeObjectURL: vi.fn() }));
    awaited.setState({ pictures: [] });
  });

  it('are the pictures whose bytes were sent, until is known what has become of them', async () => {
    const queue = new UploadQueue({
      hash: () => Promise.resolve(null),
      requestTickets: (_, uploads) => Promise.resolve(uploads.map(({ name }) => ticket(`id-of-${name}`))),
      send: ({ image_id }) =>
        image_id === 'id-of-sent.jpg' ? Promise.resolve() : new Promise(() => undefined),
      withdraw: () => Promise.resolve(),
      measure: () => Promise.resolve(null),
      retryDelay: 1,
      waitForConnection: () => Promise.resolve(false),
      waitForRetryAfter: () => Promise.resolve(),
    });
    noteSentUploads(queue);
    queue.setOwner('anna');
    const files = ['sent.jpg', 'sending.jpg'].map((name) => new File(['x'], name, { type: 'image/jpeg' }));
    const limits = { types: ['image/jpeg'], endings: ['.jpg'], max_bytes: 1000, max_files: 50 };
    queue.add(files, limits, { owner: 'anna', visibility: 'private' });
    await vi.waitFor(() => {
      expect(awaited.getState().pictures).toMatchObject([
        { imageId: 'id-of-sent.jpg', stage: 'sent', owner: 'anna', visibility: 'private', preview: null },
      ]);
    });
    expect(kept()).toContain('id-of-sent.jpg');
    const outcomes = new Map([['id-of-sent.jpg', anImage({ id: 'id-of-sent.jpg' })]]);
    queue.applyOutcomes(outcomes);
    forgetAwaited(outcomes);
    expect(awaited.getState().pictures).toEqual([]);
    expect(kept()).not.toContain('id-of');
  });
});
