import { notifications } from '@mantine/notifications';
import type { MouseEvent } from 'react';
import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import { usePerson } from '@/api/person';
import { findDownload } from './findDownload';

/** Returns what a link to a picture's original does when clicked: for somebody signed in it leads to an address of theirs. */
export function useSaveImage(): (event: MouseEvent, image: Image) => void {
  const person = usePerson();
  return (event, image) => {
    if (person === null) return;
    event.preventDefault();
    findDownload(image.id).then(
      ({ url }) => {
        window.location.assign(url);
      },
      (error: unknown) => {
        notifications.show({ color: 'red', title: 'The picture can’t be saved', message: inWords(error) });
      },
    );
  };
}
