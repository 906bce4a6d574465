import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Image } from '@/api/types';
import { useSaveImage } from '@/shared/pictures/useSaveImage';

/** Saves the picture: by a plain link, or for somebody signed in by an address that is theirs. */
export function DownloadButton({ image }: { image: Image }) {
  const save = useSaveImage();
  return (
    <Button
      component="a"
      href={image.urls.original}
      download={image.filename ?? true}
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      onClick={(event) => save(event, image)}
    >
      Download
    </Button>
  );
}
