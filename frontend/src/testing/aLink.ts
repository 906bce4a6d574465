import type { components } from '@/api/schema';

type Link = components['schemas']['LinkView'];

/** What a link opens, for tests, with what matters there set. */
export function aLink({
  album,
  ...news
}: Partial<Omit<Link, 'album'>> & { album?: Partial<Link['album']> } = {}): Link {
  return {
    mode: 'view',
    downloads: 'renditions',
    expires_at: null,
    access: null,
    ...news,
    album: {
      id: '01KAGVQ2W3M8Y6Z5T4R7N9P0ZZ',
      title: 'A week at the sea',
      description: null,
      owner: 'anna',
      owner_name: null,
      visibility: 'private',
      order: 'taken',
      cover: null,
      count: 3,
      from: null,
      to: null,
      version: 1,
      created_at: '2026-11-20T10:11:12Z',
      role: null,
      pending: null,
      reports: null,
      search: null,
      ...album,
    },
  };
}
