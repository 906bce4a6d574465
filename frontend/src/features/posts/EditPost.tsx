import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Post } from '@/api/types';
import { changePosts } from './cache';
import { TextForm } from './TextForm';
import { changePost } from './writePost';

/** What a post says, to be said in other words. */
export function EditPost({ post, onDone }: { post: Post; onDone: () => void }) {
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (text: string) => changePost(post.id, text),
    onSuccess: (changed) => {
      changePosts(client, post.id, () => changed);
      onDone();
    },
  });
  return <TextForm text={post.text} button="Save" busy={isPending} error={error} onWritten={mutate} />;
}
