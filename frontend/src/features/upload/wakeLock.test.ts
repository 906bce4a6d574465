// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { uploadOf, type Upload, type UploadState } from './upload';
import { createUploadStore } from './uploadStore';
import { keepAwake } from './wakeLock';

const made = { owner: null, visibility: 'public' as const };
const file = (state: UploadState): Upload => ({ ...uploadOf(new File(['x'], 'a.jpg'), 'no', made), state });

function visible(state: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('the screen', () => {
  const release = vi.fn(() => Promise.resolve());
  const request = vi.fn(() => Promise.resolve({ release }));
  const store = createUploadStore();
  const show = (...states: UploadState[]) => store.setState({ uploads: states.map(file) });

  beforeAll(() => keepAwake({ store }));

  beforeEach(() => {
    release.mockClear();
    request.mockReset().mockResolvedValue({ release });
    Object.assign(navigator, { wakeLock: { request } });
    visible('visible');
  });

  afterEach(() => {
    show();
    Reflect.deleteProperty(navigator, 'wakeLock');
  });

  it('stays on while files are on their way, and no longer', async () => {
    show({ step: 'queued' }, { step: 'sent' });
    show({ step: 'sending' }, { step: 'sent' });
    expect(request).toHaveBeenCalledExactlyOnceWith('screen');
    show({ step: 'sent' }, { step: 'failed', reason: 'No.' });
    await vi.waitFor(() => expect(release).toHaveBeenCalledTimes(1));
  });

  it('is asked for again when the page is seen again', async () => {
    show({ step: 'sending' });
    visible('hidden');
    await vi.waitFor(() => expect(release).toHaveBeenCalledTimes(1));
    visible('visible');
    expect(request).toHaveBeenCalledTimes(2);
  });

  it('may go off where the browser refuses or has no such lock', async () => {
    request.mockRejectedValue(new DOMException('Battery is low', 'NotAllowedError'));
    show({ step: 'sending' });
    show({ step: 'sent' });
    Reflect.deleteProperty(navigator, 'wakeLock');
    show({ step: 'sending' });
    await Promise.resolve();
    expect([request.mock.calls.length, release.mock.calls.length]).toEqual([1, 0]);
  });
});
