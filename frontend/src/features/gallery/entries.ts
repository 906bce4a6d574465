import type { Image } from '@/api/types';
import type { Arriving } from '@/shared/pictures/arriving';
import { belongs } from '@/shared/pictures/cache';
import type { View } from '@/shared/pictures/view';

/** What one tile shows: a picture of the gallery, one on its way there, or for a while both. */
export interface Entry {
  readonly key: string;
  readonly image: Image | null;
  readonly arriving: Arriving | null;
}

/**
 * Lays the pictures on their way among those of the list, newest first.
 *
 * A tile keeps its key and its place from the moment that its ticket is there: ids grow with time. What is `gone` was
 * deleted on this page while its upload was still remembered.
 */
export function entriesOf(
  images: readonly Image[],
  arriving: readonly Arriving[],
  gone: ReadonlySet<string>,
): Entry[] {
  const byId = new Map(arriving.map((upload) => [upload.imageId, upload]));
  const listed = images.map((image): Entry => {
    const own = byId.get(image.id) ?? null;
    return { key: own?.key ?? image.id, image, arriving: own };
  });
  const inList = new Set(images.map(({ id }) => id));
  const expected = arriving
    .filter(
      ({ stage, imageId }) => stage !== 'done' && !(imageId && (inList.has(imageId) || gone.has(imageId))),
    )
    .map((upload): Entry => ({ key: upload.key, image: null, arriving: upload }))
    .reverse();
  const [unnamed, named] = [expected.filter((entry) => !idOf(entry)), expected.filter(idOf)];
  return [...unnamed, ...[...named, ...listed].sort((a, b) => (idOf(a) < idOf(b) ? 1 : -1))];
}

/** Whether an entry is one of the pictures of a view: the gallery has found it to be, or it is going to be by its age. */
function isIn({ image, arriving }: Entry, view: View): boolean {
  if (view.kind === 'label' || view.kind === 'shelf') return image !== null;
  const picture = image ?? arriving;
  return picture !== null && belongs(picture, view);
}

/** Returns the tiles of a view: what was found or put in order stays so, else of all tiles those that are in it. */
export function entriesIn(view: View, images: readonly Image[], all: readonly Entry[]): readonly Entry[] {
  const ranked = view.kind === 'search' || view.kind === 'similar' || view.kind === 'album';
  return ranked
    ? images.map((image) => ({ key: image.id, image, arriving: null }))
    : all.filter((entry) => isIn(entry, view));
}

/** Returns the id of an entry's picture, or nothing while there is none. */
export function idOf({ image, arriving }: Entry): string {
  return image?.id ?? arriving?.imageId ?? '';
}

const UNKNOWN_RATIO = 4 / 3;
const RATIO_LIMITS = [1 / 2, 3] as const;

/** Returns width divided by height of an entry's tile; panoramas and scrolls are cropped to what a row can hold. */
export function ratioOf({ image, arriving }: Entry): number {
  const known = image?.width && image.height ? image.width / image.height : arriving?.ratio;
  const ratio = image?.status === 'failed' ? UNKNOWN_RATIO : (known ?? UNKNOWN_RATIO);
  return Math.min(Math.max(ratio, RATIO_LIMITS[0]), RATIO_LIMITS[1]);
}

/** Returns the ids of all pictures whose caption is still awaited. */
export function awaitedIds(entries: readonly Entry[]): string[] {
  return entries.filter(isAwaited).map(idOf);
}

function isAwaited({ image, arriving }: Entry): boolean {
  return image ? image.status === 'pending' : arriving?.stage === 'sent';
}
