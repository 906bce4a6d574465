import { notifications } from '@mantine/notifications';
import type { Image } from '@/api/types';
import { nameOf } from '@/shared/pictures/words';

/** Hands the address of a public picture to the device's own way of sharing, or else to the clipboard. */
export async function sharePicture(image: Image): Promise<void> {
  const shared = { title: nameOf(image), url: `${window.location.origin}/images/${image.id}` };
  try {
    if ('share' in navigator) await navigator.share(shared);
    else await copy(shared.url);
  } catch (error) {
    // Somebody has thought better of it.
    if (error instanceof DOMException && error.name === 'AbortError') return;
    notifications.show({ color: 'red', title: 'The picture was not shared', message: shared.url });
  }
}

async function copy(address: string): Promise<void> {
  await navigator.clipboard.writeText(address);
  notifications.show({ message: 'The picture’s address is copied.' });
}
