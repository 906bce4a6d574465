import { describe, expect, it } from 'vitest';
import { ago } from './ago';

const now = Date.parse('2026-11-21T12:00:00Z');

describe('how long ago something was', () => {
  it.each([
    ['2026-11-21T11:59:31Z', 'now'],
    ['2026-11-21T11:59:00Z', '1 minute ago'],
    ['2026-11-21T09:00:01Z', '2 hours ago'],
    ['2026-11-20T12:00:00Z', 'yesterday'],
    ['2026-11-07T12:00:00Z', '2 weeks ago'],
    ['2025-11-20T12:00:00Z', 'last year'],
    ['2026-11-21T12:00:09Z', 'now'],
  ])('is of %s said as “%s”', (time, words) => {
    expect(ago(time, now)).toBe(words);
  });
});
