import { Button } from '@mantine/core';
import { IconUserCheck, IconUserPlus } from '@tabler/icons-react';
import type { User } from '@/api/types';
import { usePerson } from '@/api/person';
import { useSignIn } from '@/shared/account/signIn';
import { useMe } from '@/shared/people/me';
import { nameOfPerson } from '@/shared/people/names';
import { useFollow } from './useFollow';

/** Follows somebody, or no longer; nothing where that is oneself. */
export function FollowButton({ user }: { user: User }) {
  const person = usePerson();
  const { data: me } = useMe();
  const signIn = useSignIn();
  const { mutate } = useFollow(user);
  const { followed_by_me: followed } = user;
  if (me?.username === user.username) return null;
  const Icon = followed ? IconUserCheck : IconUserPlus;
  return (
    <Button
      variant={followed ? 'default' : 'filled'}
      size="compact-md"
      leftSection={<Icon size={16} aria-hidden />}
      aria-pressed={followed}
      aria-label={`Follow ${nameOfPerson(user)}`}
      onClick={() => (person === null ? signIn() : mutate(!followed))}
    >
      {followed ? 'Following' : 'Follow'}
    </Button>
  );
}
