import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { inWords } from '@/api/problem';
import type { User } from '@/api/types';
import { feedKey } from '@/shared/people/keys';
import { nameOfPerson } from '@/shared/people/names';
import { changeUser } from './cache';
import { follow } from './follow';
import { getUser } from './getUser';

/** Follows somebody or no longer: shown at once, and as the gallery counts it as soon as it has answered. */
export function useFollow(user: User) {
  const client = useQueryClient();
  const { username } = user;
  const key = ['follow', username];
  const show = (following: boolean) => changeUser(client, username, (known) => followed(known, following));
  return useMutation({
    mutationKey: key,
    scope: { id: key.join(' ') },
    mutationFn: (following: boolean) => follow(username, following),
    onMutate: show,
    onError: (error, following) => {
      show(!following);
      notifications.show({
        color: 'red',
        title: `${nameOfPerson(user)}: nothing was changed`,
        message: inWords(error),
      });
    },
    onSuccess: async () => {
      // Somebody who changes their mind meanwhile sees what they wish, until that is settled.
      if (client.isMutating({ mutationKey: key }) > 1) return;
      const now = await getUser(username);
      changeUser(client, username, (known) => ({ ...known, ...now }));
      void client.invalidateQueries({ queryKey: feedKey });
    },
  });
}

/** Returns somebody as they will be once they are followed, or no longer are. */
function followed<Known extends User>(user: Known, following: boolean): Known {
  const change = Number(following) - Number(user.followed_by_me);
  return { ...user, followed_by_me: following, followers: user.followers + change };
}
