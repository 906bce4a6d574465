import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { inWords, Problem } from '@/api/problem';
import type { Post } from '@/api/types';
import { changePosts, forgetPost, postKey } from './cache';
import { getPost } from './getPost';
import { like } from './like';

/** Likes a post or no longer: shown at once, and as the gallery counts it as soon as it has answered. */
export function useLike(id: string) {
  const client = useQueryClient();
  const key = ['like', id];
  const show = (liking: boolean) => changePosts(client, id, (post) => liked(post, liking));
  return useMutation({
    mutationKey: key,
    scope: { id: key.join(' ') },
    mutationFn: (liking: boolean) => like(id, liking),
    onMutate: show,
    onError: (error, liking) => {
      show(!liking);
      if (error instanceof Problem && error.status === 404) {
        forgetPost(client, id);
        void client.invalidateQueries({ queryKey: postKey(id) });
      }
      notifications.show({ color: 'red', title: 'That did not work', message: inWords(error) });
    },
    onSuccess: async () => {
      // Somebody who changes their mind meanwhile sees what they wish, until that is settled.
      if (client.isMutating({ mutationKey: key }) > 1) return;
      const now = await getPost(id);
      changePosts(client, id, () => now);
    },
  });
}

/** Returns a post as it will be once somebody likes it, or no longer does. */
function liked(post: Post, liking: boolean): Post {
  const change = Number(liking) - Number(post.liked_by_me);
  return { ...post, liked_by_me: liking, likes: post.likes + change };
}
