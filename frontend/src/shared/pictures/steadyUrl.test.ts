import { afterEach, describe, expect, it, vi } from 'vitest';
import { steadyUrl } from './steadyUrl';

describe('the address of a private rendition', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('stays while it works, though each answer signs it anew', () => {
    vi.useFakeTimers();
    expect(steadyUrl('http://s3.test/a?signature=1')).toBe('http://s3.test/a?signature=1');
    vi.advanceTimersByTime(9 * 60_000);
    expect(steadyUrl('http://s3.test/a?signature=2')).toBe('http://s3.test/a?signature=1');
    vi.advanceTimersByTime(2 * 60_000);
    expect(steadyUrl('http://s3.test/a?signature=3')).toBe('http://s3.test/a?signature=3');
  });

  it('is another for another rendition', () => {
    expect(steadyUrl('http://s3.test/b?signature=1')).toBe('http://s3.test/b?signature=1');
    expect(steadyUrl('/media/1/1-small.webp')).toBe('/media/1/1-small.webp');
  });
});
