import type { User } from '@/api/types';

/** Somebody’s profile for tests, with what matters there set. */
export function aPerson(news: Partial<User> = {}): User {
  return {
    username: 'bea',
    display_name: null,
    bio: null,
    followers: 0,
    following: 0,
    posts: 0,
    followed_by_me: false,
    ...news,
  };
}
