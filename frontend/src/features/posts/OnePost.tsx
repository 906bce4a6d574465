import { Problem } from '@/api/problem';
import { Trouble } from '@/shared/Trouble';
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
  if (post)
    return (
      <div className={classes.posts}>
        <PostCard post={post} Items={Items} onDeleted={onDeleted} />
      </div>
    );
  if (error instanceof Problem && error.status === 404)
    return <Trouble title="This post isn’t here" error={error} />;
  if (error)
    return <Trouble title="The post could not be loaded" error={error} retry={() => void refetch()} />;
  return <PostsSkeleton />;
}
