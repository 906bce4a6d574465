import type { Post } from '@/api/types';
import { HideItem } from '@/features/admin/HideItem';
import { ShareItem } from '@/features/sharing/ShareItem';
import { usePerson } from '@/api/person';

/** What can be done with a post besides what is there for all posts. */
export function PostItems({ post, own }: { post: Post; own: boolean }) {
  const person = usePerson();
  return (
    <>
      {own && <ShareItem postId={post.id} />}
      {person?.admin && (!own || post.hidden) && <HideItem id={post.id} hidden={post.hidden} />}
    </>
  );
}
