import { Switch } from '@mantine/core';
import type { Image } from '@/api/types';
import { useChangeImage } from '@/shared/pictures/useChangeImage';

/** Lets a picture's owner choose who sees it. */
export function VisibilitySwitch({ image }: { image: Image }) {
  const { mutate, isPending } = useChangeImage();
  const secret = image.visibility === 'private';
  return (
    <Switch
      label="Private"
      description={secret ? 'Only you and the admins of this gallery see it.' : 'Everyone sees it.'}
      checked={secret}
      disabled={isPending}
      onChange={({ currentTarget: { checked } }) =>
        mutate({ base: image, change: { visibility: checked ? 'private' : 'public' } })
      }
    />
  );
}
