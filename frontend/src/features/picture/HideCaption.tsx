import { Button } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import type { Image } from '@/api/types';
import { useChangeImage } from '@/shared/pictures/useChangeImage';

/** Hides what models wrote about a picture from all but its owner and admins, or shows it again. */
export function HideCaption({ image }: { image: Image }) {
  const { mutate, isPending } = useChangeImage();
  const hidden = image.caption_hidden;
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      loading={isPending}
      leftSection={hidden ? <IconEye size={14} aria-hidden /> : <IconEyeOff size={14} aria-hidden />}
      onClick={() => mutate({ base: image, change: { caption_hidden: !hidden } })}
    >
      {hidden ? 'Show caption' : 'Hide caption'}
    </Button>
  );
}
