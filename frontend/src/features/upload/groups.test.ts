import { describe, expect, it } from 'vitest';
import { audienceOf } from './audience';
import { groupUploads } from './groups';
import type { Upload, UploadState } from './upload';

const upload = (name: string, state: UploadState, news: Partial<Upload> = {}): Upload => ({
  key: name,
  name,
  size: 5,
  file: new File(['bytes'], name),
  state,
  ticket: null,
  sha256: null,
  preview: null,
  ratio: null,
  owner: 'anna',
  visibility: 'private',
  ...news,
});
const busy: UploadState = { step: 'failed', reason: 'The gallery is busy.' };

describe('the list of uploads', () => {
  it('begins with what went wrong, one line for each reason, then has what moves', () => {
    const groups = groupUploads([
      upload('sent', { step: 'sent' }),
      upload('queued', { step: 'queued' }),
      upload('busy 1', busy),
      upload('text', { step: 'refused', reason: 'No picture.' }),
      upload('busy 2', busy),
    ]);
    expect(groups.map(({ reason, uploads }) => [reason, uploads.map(({ name }) => name).join()])).toEqual([
      ['The gallery is busy.', 'busy 1,busy 2'],
      [null, 'text'],
      [null, 'queued'],
      [null, 'sent'],
    ]);
  });

  it('tells what can be sent from what has to be chosen again', () => {
    const stopped: UploadState = { step: 'interrupted' };
    const names = ['a', 'b', 'c', 'd'].map((name, at) => upload(name, stopped, at < 2 ? {} : { file: null }));
    expect(groupUploads(names).map(({ uploads }) => uploads.length)).toEqual([2, 2]);
  });

  it('says who will see what is not sent', () => {
    const open = upload('b', { step: 'queued' }, { visibility: 'public' });
    const strangers = upload('c', { step: 'queued' }, { owner: null, visibility: 'public' });
    expect(audienceOf([upload('a', { step: 'queued' }), strangers])).toEqual({
      visibility: 'private',
      open: true,
    });
    expect(audienceOf([upload('a', { step: 'queued' }), open])).toEqual({ visibility: null, open: true });
    expect(audienceOf([strangers])).toEqual({ visibility: 'public', open: false });
    expect(audienceOf([upload('a', { step: 'sent' })])).toBeNull();
  });
});
