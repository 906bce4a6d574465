import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Image, Post } from '@/api/types';
import { peopleKey, postsKey } from '@/shared/people/keys';
import { TextForm } from './TextForm';
import { createPost } from './writePost';

/** What is to be said of a picture that is about to be posted. */
export function NewPost({ image, onPosted }: { image: Image; onPosted: (post: Post) => void }) {
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (text: string) => createPost(image.id, text),
    onSuccess: (post) => {
      void client.invalidateQueries({ queryKey: postsKey });
      void client.invalidateQueries({ queryKey: peopleKey });
      onPosted(post);
    },
  });
  return <TextForm text="" button="Post" busy={isPending} error={error} onWritten={mutate} />;
}
