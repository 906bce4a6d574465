import { IconArchive, IconHeart, IconInbox, IconTrash, type Icon } from '@tabler/icons-react';
import type { Shelf } from './view';

/** What each list of one's own is called, and its sign. */
export const SHELVES: Readonly<Record<Shelf, { readonly name: string; readonly Sign: Icon }>> = {
  favourites: { name: 'Favourites', Sign: IconHeart },
  review: { name: 'From guests', Sign: IconInbox },
  archive: { name: 'Archive', Sign: IconArchive },
  trash: { name: 'Trash', Sign: IconTrash },
};
