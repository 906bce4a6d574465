import { Switch } from '@mantine/core';
import type { Image } from '@/api/types';
import { useChangeImage } from '@/shared/pictures/useChangeImage';

/** Lets a picture's owner choose who sees it. */
export function VisibilitySwitch({ image }: { image: Image }) {
  const { mutate, isPending } = useChangeImage();
  return (
    <Switch
      label="Private"
      description="Only you and the admins of this gallery see it."
      checked={image.visibility === 'private'}
      disabled={isPending}
      onChange={({ currentTarget: { checked } }) =>
        mutate({ base: image, change: { visibility: checked ? 'private' : 'public' } })
      }
    />
  );
}
