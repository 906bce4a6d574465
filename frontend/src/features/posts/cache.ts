import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Post, PostPage } from '@/api/types';
import { feedKey, postsKey } from '@/shared/people/keys';
import type { Choice } from './findPosts';

type Pages = InfiniteData<PostPage, string | null>;

const listsKey = [...postsKey, 'list'] as const;

/** Some posts; their pages are kept under this key. */
export function listKey(choice: Choice) {
  if (choice.kind === 'following') return feedKey;
  return choice.kind === 'author'
    ? ([...listsKey, 'author', choice.author] as const)
    : ([...listsKey, choice.kind] as const);
}

/** One post by itself. */
export const postKey = (id: string) => [...postsKey, 'one', id] as const;

/** Returns the posts of all pages in their order, each once. */
export function postsOf(list: Pages | undefined): Post[] {
  const posts = list?.pages.flatMap((page) => page.posts) ?? [];
  return [...new Map(posts.map((post) => [post.id, post])).values()];
}

/** Returns a post that a list holds already. */
export function findInLists(client: QueryClient, id: string): Post | undefined {
  const lists = client.getQueriesData<Pages>({ queryKey: listsKey });
  return lists.flatMap(([, list]) => postsOf(list)).find((post) => post.id === id);
}

/** Shows what is newly known of a post wherever it is shown. */
export function changePosts(client: QueryClient, id: string, change: (post: Post) => Post): void {
  const changed = (post: Post) => (post.id === id ? change(post) : post);
  client.setQueryData<Post>(postKey(id), (post) => post && changed(post));
  changeLists(client, (posts) => posts.map(changed));
}

/** Takes a post out of every list; a page of its own goes on showing it until it is left or asks again. */
export function forgetPost(client: QueryClient, id: string): void {
  changeLists(client, (posts) => posts.filter((post) => post.id !== id));
  client.removeQueries({ queryKey: postKey(id), type: 'inactive' });
}

function changeLists(client: QueryClient, change: (posts: Post[]) => Post[]): void {
  client.setQueriesData<Pages>(
    { queryKey: listsKey },
    (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, posts: change(page.posts) })) },
  );
}
