import { Button } from '@mantine/core';
import { IconHeart, IconHeartFilled } from '@tabler/icons-react';
import type { Post } from '@/api/types';
import { usePerson } from '@/api/person';
import { useSignIn } from '@/shared/account/signIn';
import { useLike } from './useLike';

const RED = 'var(--mantine-color-red-filled)';

/** Says how many like a post, and lets one be among them. */
export function LikeButton({ post: { id, likes, liked_by_me: liked } }: { post: Post }) {
  const person = usePerson();
  const signIn = useSignIn();
  const { mutate } = useLike(id);
  const Heart = liked ? IconHeartFilled : IconHeart;
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-md"
      leftSection={<Heart size={20} stroke={1.75} color={liked ? RED : undefined} aria-hidden />}
      aria-pressed={liked}
      aria-label={`Like, ${likes === 1 ? '1 person does' : `${likes.toLocaleString('en')} people do`}`}
      onClick={() => (person === null ? signIn() : mutate(!liked))}
    >
      {likes.toLocaleString('en')}
    </Button>
  );
}
