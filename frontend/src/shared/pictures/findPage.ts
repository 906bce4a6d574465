import { listImages, type Only } from './listImages';
import type { PicturePage } from './page';
import { searchImages } from './searchImages';
import { similarImages } from './similarImages';
import type { Shelf, View } from './view';

const FILTERS: Readonly<Record<Shelf, Parameters<typeof listImages>[0]>> = {
  favourites: { favourite: true },
  review: { review: 'pending' },
  archive: { archived: true },
  trash: { trashed: true },
};

/** Fetches the page of a view that a cursor names, null for the first one. */
export function findPage(view: View, cursor: string | null, signal: AbortSignal): Promise<PicturePage> {
  switch (view.kind) {
    case 'label':
      return listImages({ label: view.label }, cursor, signal);
    case 'search':
      return searchImages(view, cursor, signal);
    case 'similar':
      return similarImages(view.id, signal);
    default:
      return listImages(filterOf(view), cursor, signal);
  }
}

/** Returns what the gallery is asked for a list that is in some order. */
export function filterOf(view: View & { kind: 'all' | 'owner' | 'album' | 'shelf' }): Only {
  switch (view.kind) {
    case 'owner':
      return { owner: view.owner };
    case 'album':
      return { album: view.album };
    case 'shelf':
      return FILTERS[view.shelf];
    case 'all':
      return {};
  }
}
