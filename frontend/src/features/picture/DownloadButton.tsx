import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import { usePerson } from '@/shared/account/person';
import { findDownload } from '@/shared/pictures/findDownload';

/** Saves the picture: by a plain link, or for somebody signed in by an address that is theirs. */
export function DownloadButton({ image }: { image: Image }) {
  const person = usePerson();
  const save = (event: MouseEvent) => {
    if (person === null) return;
    event.preventDefault();
    findDownload(image.id).then(
      (url) => {
        window.location.assign(url);
      },
      (error: unknown) => {
        notifications.show({ color: 'red', title: 'The picture can’t be saved', message: inWords(error) });
      },
    );
  };
  return (
    <Button
      component="a"
      href={image.urls.original}
      download={image.filename ?? true}
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      onClick={save}
    >
      Download
    </Button>
  );
}
