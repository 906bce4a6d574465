import type { Post } from '@/api/types';
import { ShareItem } from '@/features/sharing/ShareItem';

/** What can be done with a post besides what is there for all posts. */
export function PostItems({ post, own }: { post: Post; own: boolean }) {
  return own && <ShareItem postId={post.id} />;
}
