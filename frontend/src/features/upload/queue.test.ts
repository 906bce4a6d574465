import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import type { UploadAnswer } from '@/api/types';
import { anImage } from '@/shared/pictures/anImage';
import { UploadQueue, type Ways } from './queue';
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
const ready = (_: string | null, wishes: readonly { name: string }[]) =>
  Promise.resolve(wishes.map(({ name }) => ticket(`id-of-${name}`)));
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

describe('the upload queue', () => {
  const ways = {
    hash: vi.fn<Ways['hash']>(),
    requestTickets: vi.fn<Ways['requestTickets']>(),
    send: vi.fn<Ways['send']>(),
    withdraw: vi.fn<Ways['withdraw']>(),
    measure: vi.fn<Ways['measure']>(),
    retryDelay: 1,
    reconnect: vi.fn<Ways['reconnect']>(),
    holdBack: vi.fn<Ways['holdBack']>(),
  };
  let queue: UploadQueue;
  const uploads = () => queue.store.getState().uploads;
  const steps = () => uploads().map(({ name, state }) => `${name} ${state.step}`);
  const key = (name: string) => uploads().find((upload) => upload.name === name)?.key ?? '';
  const summary = () => summarise(countUploads(uploads()));

  beforeEach(() => {
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:it', revokeObjectURL: vi.fn() }));
    ways.hash.mockReset().mockResolvedValue(null);
    ways.requestTickets.mockReset().mockImplementation(ready);
    ways.send.mockReset().mockResolvedValue();
    ways.withdraw.mockReset().mockResolvedValue();
    ways.measure.mockReset().mockResolvedValue(1.5);
    ways.reconnect.mockReset().mockResolvedValue(false);
    ways.holdBack.mockReset().mockResolvedValue();
    queue = new UploadQueue(ways);
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
    ways.send.mockImplementation(async () => {
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
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
    expect(ways.requestTickets.mock.calls.map(([, files]) => files.length)).toEqual([50, 50, 20]);
    expect(most).toBe(4);
  });

  it('takes the gallery’s word on duplicates and refusals', async () => {
    ways.requestTickets.mockResolvedValue([
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
    ways.send.mockRejectedValue(new Problem(0, 'The connection broke while sending.'));
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg failed']);
    });
    expect(ways.send).toHaveBeenCalledTimes(3);
    ways.send.mockResolvedValue();
    queue.retry();
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(ways.requestTickets).toHaveBeenCalledTimes(1);
  });

  it('gives up at once where the storage says no, and gets a new ticket for the next try', async () => {
    ways.send.mockRejectedValueOnce(new Problem(403, 'The storage did not accept the upload.'));
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg failed']);
    });
    expect(ways.send).toHaveBeenCalledTimes(1);
    queue.retry([key('a.jpg')]);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(ways.requestTickets).toHaveBeenCalledTimes(2);
  });

  it('fails all files of a request that found no gallery, in words', async () => {
    ways.requestTickets.mockRejectedValue(new Problem(503, 'The gallery is busy.'));
    queue.add([jpeg('a.jpg'), jpeg('b.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(uploads().map(({ state }) => state)).toEqual(
        ['a', 'b'].map(() => ({ step: 'failed', reason: 'The gallery is busy.' })),
      );
    });
    expect(summary()).toBe('0 uploaded, 2 failed');
  });

  it('gets a new ticket for a file whose ticket ran out in the queue', async () => {
    ways.requestTickets.mockResolvedValueOnce([ticket('old', '2000-01-01T00:00:00Z')]);
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(ways.send.mock.calls[0]?.[0].image_id).toBe('id-of-a.jpg');
  });

  it('cancels a file in the middle and takes its picture back, while others go on', async () => {
    ways.send.mockImplementation((given, _, signal) =>
      given.image_id === 'id-of-slow.jpg' ? untilAborted(signal) : Promise.resolve(),
    );
    queue.add([jpeg('slow.jpg'), jpeg('fast.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['slow.jpg sending', 'fast.jpg sent']);
    });
    queue.cancel([key('slow.jpg')]);
    expect(steps()).toEqual(['fast.jpg sent']);
    expect(ways.withdraw).toHaveBeenCalledWith('id-of-slow.jpg', null);
  });

  it('takes back a ticket that came after its file was cancelled', async () => {
    let answer: (answers: UploadAnswer[]) => void = () => undefined;
    ways.requestTickets.mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(ways.requestTickets).toHaveBeenCalled();
    });
    queue.cancel([key('a.jpg')]);
    answer([ticket('late')]);
    await vi.waitFor(() => {
      expect(ways.withdraw).toHaveBeenCalledWith('late', null);
    });
    expect(ways.send).not.toHaveBeenCalled();
  });

  it('notes what became of its pictures, and forgets what is over', async () => {
    queue.add([jpeg('a.jpg'), jpeg('b.jpg'), jpeg('c.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(summary()).toBe('3 uploaded');
    });
    const unreadable = { code: 'not_an_image' as const, detail: 'It holds text.' };
    queue.settle(
      new Map([
        ['id-of-a.jpg', anImage({ id: 'id-of-a.jpg' })],
        ['id-of-b.jpg', anImage({ id: 'id-of-b.jpg', status: 'failed', failure: unreadable })],
      ]),
    );
    expect(steps()).toEqual(['a.jpg settled', 'b.jpg settled', 'c.jpg sent']);
    expect(summary()).toBe('2 uploaded, 1 refused');
    queue.clear();
    expect(steps()).toEqual(['c.jpg sent']);
  });

  it('does without a preview where the browser can’t draw the file', async () => {
    ways.measure.mockResolvedValue(null);
    queue.add([jpeg('a.heic')], limits, made);
    await vi.waitFor(() => {
      expect(uploads()[0]?.preview).toBeNull();
    });
  });

  it('tells the gallery what is in each file, and sends the same file once', async () => {
    ways.hash.mockImplementation(({ name }) => Promise.resolve(name.startsWith('copy') ? 'c0ffee' : name));
    queue.add(['copy 1.jpg', 'other.jpg', 'copy 2.jpg'].map(jpeg), limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['copy 1.jpg sent', 'other.jpg sent', 'copy 2.jpg duplicate']);
    });
    queue.add([jpeg('copy 3.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(uploads().at(-1)?.state).toEqual({ step: 'duplicate', of: 'id-of-copy 1.jpg' });
    });
    expect(ways.requestTickets.mock.calls.flatMap(([, files]) => files.map(({ sha256 }) => sha256))).toEqual([
      'c0ffee',
      'other.jpg',
    ]);
    expect(summary()).toBe('2 uploaded, 2 already here');
  });

  it('sends a file that failed before again, though its twin did', async () => {
    ways.hash.mockResolvedValue('c0ffee');
    ways.send.mockRejectedValueOnce(new Problem(403, 'No.'));
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
    ways.hash.mockResolvedValue('c0ffee');
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    const failure = { code: 'checksum_mismatch' as const, detail: 'Damaged.', duplicate_of: null };
    queue.settle(new Map([['id-of-a.jpg', anImage({ status: 'failed', failure })]]));
    queue.retry([key('a.jpg')]);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect([ways.send.mock.calls.length, ways.hash.mock.calls.length]).toEqual([2, 2]);
    expect(ways.withdraw).toHaveBeenCalledWith('id-of-a.jpg', null);
  });

  it('stops at a sign-out, and goes on in the owner’s name alone once they are back', async () => {
    ways.send.mockImplementation((_, __, signal) => untilAborted(signal));
    queue.enter('anna');
    queue.add(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'e.jpg'].map(jpeg), limits, annas);
    await vi.waitFor(() => {
      expect(steps().filter((each) => each.endsWith('sending'))).toHaveLength(4);
    });
    queue.enter(null);
    expect([steps(), queue.store.getState().parked.length]).toEqual([[], 5]);
    ways.send.mockResolvedValue();
    queue.enter('ben');
    queue.retry();
    queue.add([jpeg('bens.jpg')], limits, { owner: 'ben', visibility: 'public' });
    await vi.waitFor(() => {
      expect(steps()).toEqual(['bens.jpg sent']);
    });
    queue.enter('anna');
    expect(new Set(uploads().map(({ state }) => state.step))).toEqual(new Set(['interrupted']));
    expect(summary()).toBe('0 uploaded, 5 not sent');
    queue.retry();
    await vi.waitFor(() => {
      expect(summary()).toBe('5 uploaded');
    });
    const owners = ways.requestTickets.mock.calls.flatMap(([owner, files]) =>
      files.map(({ name }) => [owner, name]),
    );
    expect(owners.filter(([, name]) => name === 'bens.jpg')).toEqual([['ben', 'bens.jpg']]);
    expect(new Set(owners.filter(([, name]) => name !== 'bens.jpg').map(([owner]) => owner))).toEqual(
      new Set(['anna']),
    );
  });

  it('uses no ticket that comes after its owner has left', async () => {
    let answer: (answers: UploadAnswer[]) => void = () => undefined;
    ways.requestTickets.mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    queue.enter('anna');
    queue.add([jpeg('a.jpg')], limits, annas);
    await vi.waitFor(() => {
      expect(ways.requestTickets).toHaveBeenCalled();
    });
    queue.enter('ben');
    answer([ticket('late')]);
    queue.add([jpeg('bens.jpg')], limits, { owner: 'ben', visibility: 'public' });
    await vi.waitFor(() => {
      expect(steps()).toEqual(['bens.jpg sent']);
    });
    expect(ways.send.mock.calls.map(([{ image_id }]) => image_id)).toEqual(['id-of-bens.jpg']);
  });

  it('parks what somebody chose who has left before it was taken in', () => {
    queue.enter('ben');
    queue.add([jpeg('a.jpg')], limits, annas);
    expect([steps(), queue.store.getState().parked.map(({ owner }) => owner)]).toEqual([[], ['anna']]);
  });

  it('sends what nobody owns on as nobody’s, whoever signs in', async () => {
    queue.add([jpeg('a.jpg')], limits, made);
    queue.enter('anna');
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(ways.requestTickets.mock.calls.map(([owner]) => owner)).toEqual([null]);
  });

  it('waits for a lost connection, however often it is lost', async () => {
    for (let lost = 0; lost < 5; lost += 1) {
      ways.send.mockRejectedValueOnce(new Problem(0, 'The connection broke while sending.'));
      ways.reconnect.mockResolvedValueOnce(true);
    }
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(ways.send).toHaveBeenCalledTimes(6);
  });

  it('waits as long as the gallery asks for', async () => {
    ways.requestTickets.mockRejectedValueOnce(new Problem(429, 'Too many.', 1800));
    queue.add([jpeg('a.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    expect(ways.holdBack.mock.calls.map(([seconds]) => seconds)).toEqual([1800]);
  });

  it('may try a file again later that its sender had no room for', async () => {
    const enough = { status: 'rejected', code: 'rate_limited', detail: 'Enough for this hour.' };
    ways.requestTickets.mockResolvedValueOnce([ticket('fine'), enough as UploadAnswer]);
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
    ways.requestTickets.mockRejectedValueOnce(new Problem(429, 'Too many.', 1800));
    ways.holdBack.mockImplementationOnce((_, signal) => untilAborted(signal));
    queue.add([jpeg('a.jpg'), jpeg('b.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(ways.holdBack).toHaveBeenCalled();
    });
    queue.cancelAll();
    queue.add([jpeg('c.jpg')], limits, made);
    await vi.waitFor(() => {
      expect(steps()).toEqual(['c.jpg sent']);
    });
  });

  it('shows what is not sent to others than before, by another ticket', async () => {
    ways.send.mockImplementationOnce((_, __, signal) => untilAborted(signal));
    queue.enter('anna');
    queue.add([jpeg('a.jpg')], limits, { owner: 'anna', visibility: 'public' });
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sending']);
    });
    queue.show('private');
    await vi.waitFor(() => {
      expect(steps()).toEqual(['a.jpg sent']);
    });
    const asked = ways.requestTickets.mock.calls.flatMap(([, files]) =>
      files.map(({ visibility }) => visibility),
    );
    expect(asked).toEqual(['public', 'private']);
    expect(ways.withdraw).toHaveBeenCalledTimes(1);
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
