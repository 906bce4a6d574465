import { api, expectData } from '@/api/client';
import type { PostPage } from '@/api/types';

/** Which posts: of those one follows, everybody's newest, those that most people like, or one person's. */
export type Choice =
  | { readonly kind: 'following' }
  | { readonly kind: 'newest' }
  | { readonly kind: 'most-liked' }
  | { readonly kind: 'author'; readonly author: string };

const LIMIT = 24;

/** GET /api/feed, /api/posts or /api/posts/most-liked: the page of some posts that a cursor names, null for the first. */
export async function findPosts(
  choice: Choice,
  cursor: string | null,
  signal: AbortSignal,
): Promise<PostPage> {
  const query = { limit: LIMIT, ...(cursor !== null && { cursor }) };
  switch (choice.kind) {
    case 'following':
      return expectData(api.GET('/api/feed', { params: { query }, signal }));
    case 'newest':
      return expectData(api.GET('/api/posts', { params: { query }, signal }));
    case 'author':
      return expectData(
        api.GET('/api/posts', { params: { query: { ...query, author: choice.author } }, signal }),
      );
    case 'most-liked': {
      const { posts } = await expectData(api.GET('/api/posts/most-liked', { signal }));
      return { posts, next_cursor: null };
    }
  }
}
