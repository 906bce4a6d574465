import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { inWords } from '@/api/problem';
import type { Post } from '@/api/types';
import { askToConfirm } from '@/shared/dialogs';
import { peopleKey } from '@/shared/people/keys';
import { forgetPost } from './cache';
import { deletePost } from './deletePost';

/** Returns a function that asks whether a post shall go, and deletes it if so. */
export function useDeletePost(onDeleted: () => void): (post: Post) => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ id }: Post) => deletePost(id),
    onSuccess: (_, { id }) => {
      onDeleted();
      forgetPost(client, id);
      void client.invalidateQueries({ queryKey: peopleKey });
      notifications.show({ message: 'Deleted the post.' });
    },
    onError: (error) => {
      notifications.show({ color: 'red', title: 'The post was not deleted', message: inWords(error) });
    },
  });
  return (post) => {
    void askToConfirm({
      title: 'Delete this post?',
      children: (
        <Text size="sm">Its likes and links will be gone with it. The picture stays in the gallery.</Text>
      ),
      labels: { confirm: 'Delete', cancel: 'Keep it' },
      confirmProps: { color: 'red.8' },
      onConfirm: () => mutate(post),
    });
  };
}
