import type { Image } from '@/api/types';
import { nameOf, unturned } from '@/shared/pictures/words';

/** What a picture is called where many are listed: its title, else the file's name. */
export function nameInList(image: Image): string {
  return unturned(image.title ?? image.filename ?? nameOf(image));
}
