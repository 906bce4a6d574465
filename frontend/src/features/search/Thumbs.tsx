import { ActionIcon } from '@mantine/core';
import { IconThumbDown, IconThumbDownFilled, IconThumbUp, IconThumbUpFilled } from '@tabler/icons-react';
import type { Image } from '@/api/types';
import { nameOf } from '@/shared/pictures/words';
import { useVote, votes } from './votes';

const THUMBS = [
  { vote: 'positive', words: 'Fits', Icon: IconThumbUp, Pressed: IconThumbUpFilled },
  { vote: 'negative', words: 'Doesn’t fit', Icon: IconThumbDown, Pressed: IconThumbDownFilled },
] as const;

interface ThumbsProps {
  /** Null while it isn't known of what to judge the picture. */
  query: string | null;
  image: Image;
}

/** Lets anybody say whether a picture is what they have searched for. */
export function Thumbs({ query, image }: ThumbsProps) {
  const cast = useVote(query ?? '', image.id);
  return THUMBS.map(({ vote, words, Icon, Pressed }) => {
    const pressed = cast === vote;
    const Thumb = pressed ? Pressed : Icon;
    return (
      <ActionIcon
        key={vote}
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? undefined : 'gray'}
        title={words}
        aria-label={`${words}: ${nameOf(image)}`}
        disabled={query === null}
        aria-pressed={pressed}
        onClick={() => {
          if (query !== null) votes.cast({ query, imageId: image.id, vote });
        }}
      >
        <Thumb size={17} stroke={1.75} aria-hidden />
      </ActionIcon>
    );
  });
}
