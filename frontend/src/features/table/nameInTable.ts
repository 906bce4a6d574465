import type { Image } from '@/api/types';
import { nameOf } from '@/shared/pictures/words';

/** What a picture is called where many are listed: its title, else the file's name. */
export function nameInTable(image: Image): string {
  return image.title ?? image.filename ?? nameOf(image);
}
