import { useRef, type ReactNode } from 'react';
import { ListEnd } from '@/shared/ListEnd';
import { useDeletedIds } from '@/shared/pictures/useDeletedIds';
import { ErrorNotice } from '@/shared/ErrorNotice';
import type { Choice } from './findPosts';
import { PostCard } from './PostCard';
import type { ItemsOfPost } from './PostMenu';
import classes from './Posts.module.css';
import { PostsSkeleton } from './PostsSkeleton';
import { usePosts } from './usePosts';

interface PostListProps {
  choice: Choice;
  Items: ItemsOfPost;
  /** Stands where there are no posts. */
  empty: ReactNode;
}

/** Some posts, more of them as one scrolls. */
export function PostList({ choice, Items, empty }: PostListProps) {
  const list = usePosts(choice);
  const gone = useDeletedIds();
  const own = useRef<HTMLOListElement>(null);
  const { data, error, refetch, hasNextPage } = list;
  if (data === undefined && error)
    return <ErrorNotice title="The posts could not be loaded" error={error} retry={() => void refetch()} />;
  if (data === undefined) return <PostsSkeleton />;
  const posts = data.filter(({ image }) => !gone.has(image.id));
  if (posts.length === 0 && !hasNextPage) return empty;
  return (
    <>
      <ol className={classes.posts} aria-label="Posts" ref={own} tabIndex={-1}>
        {posts.map((post) => (
          <li key={post.id}>
            <PostCard
              post={post}
              Items={Items}
              onDeleted={() => own.current?.focus({ preventScroll: true })}
            />
          </li>
        ))}
      </ol>
      <ListEnd list={list} things="posts" />
    </>
  );
}
