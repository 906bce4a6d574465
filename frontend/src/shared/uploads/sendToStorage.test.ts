// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import { sendToStorage } from './sendToStorage';

class FakeRequest extends EventTarget {
  static last: FakeRequest;
  upload = new EventTarget();
  status = 0;
  responseText = '';
  opened: string[] = [];
  form = new FormData();
  aborted = false;

  constructor() {
    super();
    FakeRequest.last = this;
  }

  open(...opened: string[]) {
    this.opened = opened;
  }

  send(form: FormData) {
    this.form = form;
  }

  abort() {
    this.aborted = true;
  }

  answer(status: number, responseText = '') {
    Object.assign(this, { status, responseText });
    this.dispatchEvent(new Event('load'));
  }
}

describe('sending to the storage', () => {
  const ticket = {
    status: 'ready' as const,
    image_id: 'id',
    url: 'http://storage.test/bucket',
    fields: { key: 'originals/id', policy: 'signed' },
    expires_at: '2999-01-01T00:00:00Z',
  };
  const file = new File(['12345'], 'dog.jpg', { type: 'image/jpeg' });
  const send = (
    signal = new AbortController().signal,
    onProgress: (sent: number) => void = () => undefined,
  ) => sendToStorage(ticket, file, signal, onProgress);

  beforeEach(() => {
    vi.stubGlobal('XMLHttpRequest', FakeRequest);
  });

  it('posts the ticket’s fields in their order, and the file last', async () => {
    const sent = send();
    FakeRequest.last.answer(204);
    await sent;
    expect(FakeRequest.last.opened).toEqual(['POST', 'http://storage.test/bucket']);
    expect([...FakeRequest.last.form.keys()]).toEqual(['key', 'policy', 'file']);
  });

  it('tells its progress, never more than the file has', () => {
    const onProgress = vi.fn();
    void send(undefined, onProgress);
    FakeRequest.last.upload.dispatchEvent(new ProgressEvent('progress', { loaded: 3 }));
    FakeRequest.last.upload.dispatchEvent(new ProgressEvent('progress', { loaded: 900 }));
    expect(onProgress.mock.calls).toEqual([[3], [5]]);
  });

  it.each([
    [400, '<Error><Code>EntityTooLarge</Code></Error>', 'The file is larger than a picture may be.', false],
    [503, '<Error><Code>SlowDown</Code></Error>', 'The storage refused the file (error 503 SlowDown).', true],
    [500, '', 'The storage refused the file (error 500).', true],
  ])('puts the storage’s error %d into words', async (status, body, words, retryable) => {
    const sent = send();
    FakeRequest.last.answer(status, body);
    const problem = await sent.catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(Problem);
    expect([(problem as Problem).message, (problem as Problem).retryable]).toEqual([words, retryable]);
  });

  it('stops when it is cancelled', async () => {
    const cancellation = new AbortController();
    const sent = send(cancellation.signal);
    cancellation.abort();
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
    expect(FakeRequest.last.aborted).toBe(true);
  });
});
