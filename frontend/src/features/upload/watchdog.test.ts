import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Send } from '@/shared/uploads/sendToStorage';
import { withWatchdog } from './watchdog';

const ticket = { status: 'ready' as const, image_id: 'id', url: '', fields: {}, expires_at: '' };
const file = new File(['12345'], 'dog.jpg');

describe('an upload that is watched', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is given up once nothing has moved for a minute, for the time being', async () => {
    let move: (bytes: number) => void = () => undefined;
    const send: Send = (_, __, signal, onProgress) => {
      move = onProgress;
      return new Promise((___, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    };
    const over = vi.fn();
    void withWatchdog(send)(ticket, file, new AbortController().signal, () => undefined).catch(over);
    await vi.advanceTimersByTimeAsync(50_000);
    move(2);
    await vi.advanceTimersByTimeAsync(50_000);
    expect(over).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(11_000);
    expect(over).toHaveBeenCalledWith(expect.objectContaining({ retryable: true }));
  });
});
