import type { Album } from '@/api/types';

/** One’s own album for tests, with what matters there set. */
export function anAlbum(news: Partial<Album> = {}): Album {
  return {
    id: '01KAGVQ2W3M8Y6Z5T4R7N9A1BM',
    title: 'By the sea',
    description: null,
    owner: 'anna',
    owner_name: { username: 'anna', display_name: 'Anna' },
    visibility: 'private',
    order: 'taken',
    cover: null,
    count: 0,
    from: null,
    to: null,
    version: 3,
    created_at: '2026-11-20T10:11:12Z',
    role: 'owner',
    pending: 0,
    reports: [],
    search: null,
    ...news,
  };
}
