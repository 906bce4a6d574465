// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { takeEarly } from './early';

const call = (path: string, method = 'GET') => new Request(`${window.location.origin}${path}`, { method });
const early = (path: string, answer: Promise<Response>, sub: string | null = null) => {
  window.early = { sub, answers: { [path]: answer } };
};
const yes = () => Promise.resolve(Response.json({ images: [] }));

describe('what the first script has asked for', () => {
  afterEach(() => {
    delete window.early;
  });

  it('is taken once', async () => {
    early('/api/timeline', yes());
    expect(await (await takeEarly(call('/api/timeline'), null))?.json()).toEqual({ images: [] });
    expect(await takeEarly(call('/api/timeline'), null)).toBeNull();
  });

  it('is nobody else’s, but for the settings, which are everybody’s', async () => {
    early('/api/timeline', yes(), 'anna');
    expect(await takeEarly(call('/api/timeline'), 'bea')).toBeNull();
    early('/api/settings', yes(), 'anna');
    expect(await takeEarly(call('/api/settings'), 'bea')).not.toBeNull();
  });

  it('is asked for again where it failed', async () => {
    early('/api/timeline', Promise.reject(new TypeError('no network')));
    expect(await takeEarly(call('/api/timeline'), null)).toBeNull();
    early('/api/timeline', Promise.resolve(new Response(null, { status: 401 })));
    expect(await takeEarly(call('/api/timeline'), null)).toBeNull();
  });

  it('answers no other call', async () => {
    early('/api/timeline', yes());
    expect(await takeEarly(call('/api/timeline', 'POST'), null)).toBeNull();
    expect(await takeEarly(call('/api/timeline?owner=me'), null)).toBeNull();
  });
});
