import { afterEach, describe, expect, it, vi } from 'vitest';
import { modifiedAt } from './modifiedAt';

const moment = Date.parse('2024-07-14T14:20:05.678Z');

describe('when a file was modified', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ['Europe/Berlin', '2024-07-14T16:20:05+02:00'],
    ['Asia/Tokyo', '2024-07-14T23:20:05+09:00'],
    ['Asia/Kathmandu', '2024-07-14T20:05:05+05:45'],
    ['America/St_Johns', '2024-07-14T11:50:05-02:30'],
    ['UTC', '2024-07-14T14:20:05+00:00'],
  ])('is told by the clock of %s', (zone, expected) => {
    vi.stubEnv('TZ', zone);
    expect(modifiedAt(moment)).toBe(expected);
  });

  it('is told by the offset of its own day', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    expect(modifiedAt(Date.parse('2024-01-14T14:20:05Z'))).toBe('2024-01-14T15:20:05+01:00');
  });

  it.each([0, -1, NaN, Infinity, 8.64e15])('is unknown where the file system says %s', (milliseconds) => {
    expect(modifiedAt(milliseconds)).toBeNull();
  });
});
