import { EmptyState } from '@mantine/core';
import { IconMessageOff } from '@tabler/icons-react';
import { Problem } from '@/api/problem';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { PostCard } from './PostCard';
import type { ItemsOfPost } from './PostMenu';
import classes from './Posts.module.css';
import { PostsSkeleton } from './PostsSkeleton';
import { usePost } from './usePosts';

interface OnePostProps {
  id: string;
  Items: ItemsOfPost;
  onDeleted: () => void;
}

/** One post by itself, which anybody can be sent the address of. */
export function OnePost({ id, Items, onDeleted }: OnePostProps) {
  const { data: post, error, refetch } = usePost(id);
  if (error instanceof Problem && error.status === 404)
    return (
      <EmptyState
        role="alert"
        py="xl"
        icon={<IconMessageOff stroke={1.25} aria-hidden />}
        title="This post isn’t here"
        description="It was deleted, or not everybody may see its picture any more."
      />
    );
  if (post)
    return (
      <div className={classes.posts}>
        <PostCard post={post} Items={Items} onDeleted={onDeleted} />
      </div>
    );
  if (error)
    return <ErrorNotice title="The post could not be loaded" error={error} retry={() => void refetch()} />;
  return <PostsSkeleton />;
}
