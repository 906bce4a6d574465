import type { Post } from '@/api/types';
import { anImage } from './anImage';

/** A post for tests, with what matters there set. */
export function aPost(news: Partial<Post> = {}): Post {
  return {
    id: '01KAGVQ2W3M8Y6Z5T4R7N9P0XD',
    image: anImage(),
    text: 'Found her asleep again',
    author: 'bea',
    author_name: 'Bea',
    created_at: '2026-11-20T10:11:12Z',
    edited_at: null,
    likes: 2,
    liked_by_me: false,
    hidden: false,
    ...news,
  };
}
