import { Skeleton } from '@mantine/core';
import classes from './Posts.module.css';

/** Stands in for posts that are being loaded. */
export function PostsSkeleton() {
  return (
    <div className={classes.posts} role="status" aria-label="Loading the posts">
      {[1, 2].map((key) => (
        <div key={key} className={classes.post}>
          <Skeleton height={36} width="55%" radius="xl" />
          <Skeleton height={320} radius="md" mt="sm" />
        </div>
      ))}
    </div>
  );
}
