import { describe, expect, it } from 'vitest';
import type { Image } from '@/api/types';
import { clashes } from './clash';

const picture = { title: 'Rex', attribution: null, visibility: 'private', labels: [] } as unknown as Image;
const captioned = {
  ...picture,
  version: 2,
  labels: [{ label: 'pug', probability: 0.9, source: 'model' }],
} as Image;

describe('a change of a picture', () => {
  it('goes on where only the caption has come in the meantime', () => {
    expect(clashes(picture, captioned, { visibility: 'public', title: 'Max', labels: ['dog'] })).toBe(false);
  });

  it('stops where somebody changed the same thing', () => {
    expect(clashes(picture, { ...captioned, title: 'Bello' }, { title: 'Max' })).toBe(true);
    const corrected = { ...picture, labels: [{ label: 'cat', probability: 1, source: 'owner' }] } as Image;
    expect(clashes(picture, corrected, { labels: ['dog'] })).toBe(true);
  });

  it('goes on where somebody changed something else', () => {
    expect(clashes(picture, { ...captioned, title: 'Bello' }, { visibility: 'public' })).toBe(false);
  });
});
