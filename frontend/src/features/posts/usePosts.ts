import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Post } from '@/api/types';
import { findInLists, listKey, postKey, postsOf } from './cache';
import { findPosts, type Choice } from './findPosts';
import { getPost } from './getPost';

/** Some posts, as far as they were scrolled to. */
export function usePosts(choice: Choice) {
  return useInfiniteQuery({
    queryKey: listKey(choice),
    queryFn: ({ pageParam, signal }) => findPosts(choice, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    select: postsOf,
  });
}

/** One post, at once where a list has it already. */
export function usePost(id: string) {
  const client = useQueryClient();
  return useQuery<Post>({
    queryKey: postKey(id),
    queryFn: ({ signal }) => getPost(id, signal),
    placeholderData: () => findInLists(client, id),
  });
}
