// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { Settings } from '@/api/types';
import { anImage } from '@/testing/anImage';
import { mayChange, mayUpload } from './rights';

const gallery = (news: Partial<Settings>) =>
  ({ access: 'open', demo_only: false, default_visibility: 'public', ...news }) as Settings;
const anna = { sub: 'anna', email: 'anna@example.org', admin: false };
const admin = { ...anna, sub: 'root', admin: true };

describe('who may add pictures', () => {
  it('is anybody in an open gallery, and members alone in one of members', () => {
    expect(mayUpload(gallery({}), null)).toBe(true);
    expect(mayUpload(gallery({ access: 'members' }), null)).toBe(false);
    expect(mayUpload(gallery({ access: 'members' }), anna)).toBe(true);
  });

  it('is anybody in an open gallery whose members’ pictures are private at first', () => {
    expect(mayUpload(gallery({ default_visibility: 'private' }), null)).toBe(true);
    expect(mayUpload(gallery({ default_visibility: 'private' }), anna)).toBe(true);
  });

  it('is nobody in a demonstration', () => {
    expect(mayUpload(gallery({ demo_only: true }), admin)).toBe(false);
  });
});

describe('who may change or delete a picture', () => {
  const [annas, nobodys] = [anImage({ owner: 'anna' }), anImage({ owner: null })];

  it.each([
    ['its owner', 'members', anna, annas, true],
    ['an admin', 'members', admin, annas, true],
    ['somebody else', 'open', { ...anna, sub: 'eve' }, annas, false],
    ['a stranger', 'open', null, annas, false],
    ['a stranger where nobody owns it', 'open', null, nobodys, true],
    ['a member where nobody owns it', 'open', anna, nobodys, true],
    ['a member among members where nobody owns it', 'members', anna, nobodys, false],
  ] as const)('%s in a gallery that is %s', (_, access, person, image, may) => {
    expect(mayChange(gallery({ access }), person, image)).toBe(may);
  });
});
