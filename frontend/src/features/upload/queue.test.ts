import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import type { UploadAnswer } from '@/api/types';
import { anImage } from '@/testing/anImage';
import { UploadQueue, type UploadDependencies } from './queue';
import { countUploads, summarise } from './summary';

const limits = { types: ['image/jpeg'], endings: ['.jpg'], max_bytes: 1000, max_files: 50 };
const jpeg = (name: string) => new File(['bytes'], name, { type: 'image/jpeg' });
const ticket = (id: string, expires_at = '2999-01-01T00:00:00Z'): UploadAnswer => ({
  status: 'ready',
  image_id: id,
  url: 'http://storage.test/',
  fields: {},
  expires_at,
});
const made = { owner: null, visibility: 'public' as const };
const annas = { owner: 'anna', visibility: 'private' as const };
const ready = (_: string | null, files: readonly { name: string }[]) =>
  Promise.resolve(files.map(({ name }) => ticket(`id-of-${name}`)));
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

describe('the upload queue', () => {
  const dependencies = {
    hash: vi.fn<UploadDependencies['hash']>(),
    requestTickets: vi.fn<UploadDependencies['requestTickets']>(),
    send: vi.fn<UploadDependencies['send']>(),
    withdraw: vi.fn<UploadDependencies['withdraw']>(),
    measure: vi.fn<UploadDependencies['measure']>(),
    retryDelay: 1,
    waitForConnection: vi.fn<UploadDependencies['waitForConnection']>(),
    waitForRetryAfter: vi.fn<UploadDependencies['waitForRetryAfter']>(),
  };
  let queue: UploadQueue;
  const uploads = () => queue.store.getState().uploads;
  const steps = () => uploads().map(({ name, state }) => `${name} ${state.step}`);
  const key = (name: string) => uploads().find((upload) => upload.name === name)?.key ?? '';
  const summary = () => summarise(countUploads(uploads()));

  beforeEach(() => {
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:it', revokeObjectURL: vi.fn() }));
    dependencies.hash.mockReset().mockResolvedValue(null);
    dependencies.requestTickets.mockReset().mockImplementation(ready);
    dependencies.send.mockReset().mockResolvedValue();
    dependencies.withdraw.mockReset().mockResolvedValue();
    dependencies.measure.mockReset().mockResolvedValue(1.5);
    dependencies.waitForConnection.mockReset().mockResolvedValue(false);
    dependencies.waitForRetryAfter.mockReset().mockResolvedValue();
    queue = new UploadQueue(dependencies);
  });

  it('has what is not sent yet go into an album, by another ticket', async () => {
    dependencies.send.mockImplementationOnce((_, __, signal) => untilAborted(signal));
    queue.setOwner('anna');
    queue.add([jpeg('a.jpg')], limits, annas);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sending']);
    });
    queue.collect('ALBUM');
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(dependencies.withdraw).toHaveBeenCalledOnce();
    expect(dependencies.requestTickets.mock.calls.map(([, [file]]) => file?.album)).toEqual([
      undefined,
      'ALBUM',
    ]);
  });

  it('refuses what can’t be a picture and sends the rest', async () => {
    queue.add(
      [jpeg('a.jpg'), new File(['hello'], 'b.txt', { type: 'text/plain' }), jpeg('c.jpg')],
      limits,
      made,
    );
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent', 'b.txt refused', 'c.jpg sent']);
    });
    expect(summary()).toBe('2 uploaded, 1 refused');
  });

  it('asks for 50 tickets at a time and sends four files at once', async () => {
    let now = 0;
    let most = 0;
    dependencies.send.mockImplementation(async () => {
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setTimeout(resolve));
      now -= 1;
    });
    queue.add(
      Array.from({ length: 120 }, (_, index) => jpeg(`${index}.jpg`)),
      limits,
      made,
    );
    await vi.waitFor(() => {
      expect(summary()).toBe('120 uploaded');
    });
    expect(dependencies.requestTickets.mock.calls.map(([, files]) => files.length)).toEqual([50, 50, 20]);
    expect(most).toBe(4);
  });

  it('takes the gallery’s word on duplicates and refusals', async () => {
    dependencies.requestTickets.mockResolvedValue([
      { status: 'duplicate', duplicate_of: 'twin' },
      { status: 'rejected', code: 'too_large', detail: 'Too large.' },
      ticket('fine'),
    ]);
    queue.add([jpeg('a.jpg'), jpeg('b.jpg'), jpeg('c.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(uploads().map(({ state }) => state)).toEqual([
        { step: 'duplicate', of: 'twin' },
        { step: 'refused', reason: 'Too large.' },
        { step: 'sent' },
      ]);
    });
    expect(summary()).toBe('1 uploaded, 1 refused, 1 already here');
  });

  it('tries a broken connection three times, then once more by hand with the same ticket', async () => {
    dependencies.send.mockRejectedValue(new Problem(0, 'The connection broke while sending.'));
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg failed']);
    });
    expect(dependencies.send).toHaveBeenCalledTimes(3);
    dependencies.send.mockResolvedValue();
    queue.retry();
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(dependencies.requestTickets).toHaveBeenCalledTimes(1);
  });

  it('gives up at once where the storage says no, and gets a new ticket for the next try', async () => {
    dependencies.send.mockRejectedValueOnce(new Problem(403, 'The storage did not accept the upload.'));
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg failed']);
    });
    expect(dependencies.send).toHaveBeenCalledTimes(1);
    queue.retry([key('a.jpg')]);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(dependencies.requestTickets).toHaveBeenCalledTimes(2);
  });

  it('fails all files of a request that found no gallery, in words', async () => {
    dependencies.requestTickets.mockRejectedValue(new Problem(503, 'The gallery is busy.'));
    queue.add([jpeg('a.jpg'), jpeg('b.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(uploads().map(({ state }) => state)).toEqual(
        ['a', 'b'].map(() => ({ step: 'failed', reason: 'The gallery is busy.' })),
      );
    });
    expect(summary()).toBe('0 uploaded, 2 failed');
  });

  it('gets a new ticket for a file whose ticket ran out in the queue', async () => {
    dependencies.requestTickets.mockResolvedValueOnce([ticket('old', '2000-01-01T00:00:00Z')]);
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(dependencies.send.mock.calls[0]?.[0].image_id).toBe('id-of-a.jpg');
  });

  it('cancels a file in the middle and takes its picture back, while others go on', async () => {
    dependencies.send.mockImplementation((given, _, signal) =>
      given.image_id === 'id-of-slow.jpg' ? untilAborted(signal) : Promise.resolve(),
    );
    queue.add([jpeg('slow.jpg'), jpeg('fast.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['slow.jpg sending', 'fast.jpg sent']);
    });
    queue.cancel([key('slow.jpg')]);
    expect(steps()).toEqual(['fast.jpg sent']);
    expect(dependencies.withdraw).toHaveBeenCalledWith('id-of-slow.jpg', null);
  });

  it('takes back a ticket that came after its file was cancelled', async () => {
    let answer: (answers: UploadAnswer[]) => void = () => undefined;
    dependencies.requestTickets.mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(dependencies.requestTickets).toHaveBeenCalled();
    });
    queue.cancel([key('a.jpg')]);
    answer([ticket('late')]);
    await vi.waitFor(() => {
      expect(dependencies.withdraw).toHaveBeenCalledWith('late', null);
    });
    expect(dependencies.send).not.toHaveBeenCalled();
  });

  it('notes what became of its pictures, and forgets what is over', async () => {
    queue.add([jpeg('a.jpg'), jpeg('b.jpg'), jpeg('c.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(summary()).toBe('3 uploaded');
    });
    const unreadable = { code: 'not_an_image' as const, detail: 'It holds text.' };
    queue.applyOutcomes(
      new Map([
        ['id-of-a.jpg', anImage({ id: 'id-of-a.jpg' })],
        ['id-of-b.jpg', anImage({ id: 'id-of-b.jpg', status: 'failed', failure: unreadable })],
      ]),
    );
    expect(steps()).toEqual(['a.jpg done', 'b.jpg done', 'c.jpg sent']);
    expect(summary()).toBe('2 uploaded, 1 refused');
    queue.clear();
    expect(steps()).toEqual(['c.jpg sent']);
  });

  it('does without a preview where the browser can’t draw the file', async () => {
    dependencies.measure.mockResolvedValue(null);
    queue.add([jpeg('a.heic')], limits, made);
    await vi.waitFor(() => {
      expect(uploads()[0]?.preview).toBeNull();
    });
  });

  it('tells the gallery what is in each file, and sends the same file once', async () => {
    dependencies.hash.mockImplementation(({ name }) =>
      Promise.resolve(name.startsWith('copy') ? 'c0ffee' : name),
    );
    queue.add(['copy 1.jpg', 'other.jpg', 'copy 2.jpg'].map(jpeg), limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['copy 1.jpg sent', 'other.jpg sent', 'copy 2.jpg duplicate']);
    });
    queue.add([jpeg('copy 3.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(uploads().at(-1)?.state).toEqual({ step: 'duplicate', of: 'id-of-copy 1.jpg' });
    });
    expect(
      dependencies.requestTickets.mock.calls.flatMap(([, files]) => files.map(({ sha256 }) => sha256)),
    ).toEqual(['c0ffee', 'other.jpg']);
    expect(summary()).toBe('2 uploaded, 2 already here');
  });

  it('sends a file that failed before again, though its twin did', async () => {
    dependencies.hash.mockResolvedValue('c0ffee');
    dependencies.send.mockRejectedValueOnce(new Problem(403, 'No.'));
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg failed']);
    });
    queue.add([jpeg('b.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg failed', 'b.jpg sent']);
    });
  });

  it('sends a file anew that arrived damaged, and takes the damaged one back', async () => {
    dependencies.hash.mockResolvedValue('c0ffee');
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    const failure = { code: 'checksum_mismatch' as const, detail: 'Damaged.', duplicate_of: null };
    queue.applyOutcomes(new Map([['id-of-a.jpg', anImage({ status: 'failed', failure })]]));
    queue.retry([key('a.jpg')]);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect([dependencies.send.mock.calls.length, dependencies.hash.mock.calls.length]).toEqual([2, 2]);
    expect(dependencies.withdraw).toHaveBeenCalledWith('id-of-a.jpg', null);
  });

  it('stops at a sign-out, and goes on in the owner’s name alone once they are back', async () => {
    dependencies.send.mockImplementation((_, __, signal) => untilAborted(signal));
    queue.setOwner('anna');
    queue.add(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg'].map(jpeg), limits, annas);
    await vi.waitFor(() => {
      expect(steps().filter((step) => step.endsWith('sending'))).toHaveLength(4);
    });
    queue.setOwner(null);
    expect([steps(), queue.store.getState().parked.length]).toEqual([[], 5]);
    dependencies.send.mockResolvedValue();
    queue.setOwner('ben');
    queue.retry();
    queue.add([jpeg('bens.jpg')], limits, { owner: 'ben', visibility: 'public' });
    await vi.waitFor(() => {
      expect(steps()).toEqual(['bens.jpg sent']);
    });
    queue.setOwner('anna');
    expect(new Set(uploads().map(({ state }) => state.step))).toEqual(new Set(['interrupted']));
    expect(summary()).toBe('0 uploaded, 5 not sent');
    queue.retry();
    await vi.waitFor(() => {
      expect(summary()).toBe('5 uploaded');
    });
    const owners = dependencies.requestTickets.mock.calls.flatMap(([owner, files]) =>
      files.map(({ name }) => [owner, name]),
    );
    expect(owners.filter(([, name]) => name === 'bens.jpg')).toEqual([['ben', 'bens.jpg']]);
    expect(new Set(owners.filter(([, name]) => name !== 'bens.jpg').map(([owner]) => owner))).toEqual(
      new Set(['anna']),
    );
  });

  it('uses no ticket that comes after its owner has left', async () => {
    let answer: (answers: UploadAnswer[]) => void = () => undefined;
    dependencies.requestTickets.mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    queue.setOwner('anna');
    queue.add([jpeg('a.jpg')], limits, annas);
    await vi.waitFor(() => {
      expect(dependencies.requestTickets).toHaveBeenCalled();
    });
    queue.setOwner('ben');
    answer([ticket('late')]);
    queue.add([jpeg('bens.jpg')], limits, { owner: 'ben', visibility: 'public' });
    await vi.waitFor(() => {
      expect(steps()).toEqual(['bens.jpg sent']);
    });
    expect(dependencies.send.mock.calls.map(([{ image_id }]) => image_id)).toEqual(['id-of-bens.jpg']);
  });

  it('parks what somebody chose who has left before it was taken in', () => {
    queue.setOwner('ben');
    queue.add([jpeg('a.jpg')], limits, annas);
    expect([steps(), queue.store.getState().parked.map(({ owner }) => owner)]).toEqual([[], ['anna']]);
  });

  it('sends what nobody owns on as nobody’s, whoever signs in', async () => {
    queue.add([jpeg('a.jpg')], limits, made);
    queue.setOwner('anna');
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(dependencies.requestTickets.mock.calls.map(([owner]) => owner)).toEqual([null]);
  });

  it('waits for a lost connection, however often it is lost', async () => {
    for (let lost = 0; lost < 5; lost += 1) {
      dependencies.send.mockRejectedValueOnce(new Problem(0, 'The connection broke while sending.'));
      dependencies.waitForConnection.mockResolvedValueOnce(true);
    }
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(dependencies.send).toHaveBeenCalledTimes(6);
  });

  it('waits as long as the gallery asks for', async () => {
    dependencies.requestTickets.mockRejectedValueOnce(new Problem(429, 'Too many.', 1800));
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(dependencies.waitForRetryAfter.mock.calls.map(([seconds]) => seconds)).toEqual([1800]);
  });

  it('may try a file again later that its sender had no room for', async () => {
    const enough = { status: 'rejected', code: 'rate_limited', detail: 'Enough for this hour.' };
    dependencies.requestTickets.mockResolvedValueOnce([ticket('fine'), enough as UploadAnswer]);
    queue.add([jpeg('a.jpg'), jpeg('b.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent', 'b.jpg failed']);
    });
    queue.retry();
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent', 'b.jpg sent']);
    });
  });

  it('cancels all, a request for tickets that waits as well', async () => {
    dependencies.requestTickets.mockRejectedValueOnce(new Problem(429, 'Too many.', 1800));
    dependencies.waitForRetryAfter.mockImplementationOnce((_, signal) => untilAborted(signal));
    queue.add([jpeg('a.jpg'), jpeg('b.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(dependencies.waitForRetryAfter).toHaveBeenCalled();
    });
    queue.cancelAll();
    queue.add([jpeg('c.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['c.jpg sent']);
    });
  });

  it('shows what is not sent to others than before, by another ticket', async () => {
    dependencies.send.mockImplementationOnce((_, __, signal) => untilAborted(signal));
    queue.setOwner('anna');
    queue.add([jpeg('a.jpg')], limits, { owner: 'anna', visibility: 'public' });
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sending']);
    });
    queue.show('private');
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    const asked = dependencies.requestTickets.mock.calls.flatMap(([, files]) =>
      files.map(({ visibility }) => visibility),
    );
    expect(asked).toEqual(['public', 'private']);
    expect(dependencies.withdraw).toHaveBeenCalledTimes(1);
  });

  it('goes on with what was left before a reload, and takes a file chosen again in its place', async () => {
    const left = { ticket: null, sha256: null, preview: null, ratio: null, size: 5, ...made };
    const state = { step: 'interrupted' as const };
    queue.restore(
      [
        { key: '1', name: 'here.jpg', file: jpeg('here.jpg'), state, ...left },
        { key: '2', name: 'gone.jpg', file: null, state, ...left },
      ],
      limits,
    );
    queue.retry();
    await vi.waitFor(() => {
      expect(steps()).toEqual(['here.jpg sent', 'gone.jpg interrupted']);
    });
    queue.add([jpeg('gone.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['here.jpg sent', 'gone.jpg sent']);
    });
  });
});
