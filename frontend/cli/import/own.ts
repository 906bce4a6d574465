import type { Image } from '@/api/types';
import type { Facts } from './facts';

/** What a gallery's own export says of a picture beside it: the picture as the API has it, and the titles of its albums. */
export interface OwnDocument {
  neural_gallery: number;
  image: Image;
  albums: string[];
}

/** What it says of an album: what it is called and how it looks, and its pictures in their order, by their ids. */
export interface OwnAlbum {
  id: string;
  title: string;
  description: string | null;
  visibility: Image['visibility'];
  order: 'taken' | 'added' | 'manual';
  cover: string | null;
  pictures: string[];
}

/** The version of the documents in an export. */
export const OWN_VERSION = 1;

/** Returns what an export says of a picture, or null for any other document. */
export function factsInOwn(document: unknown): Facts | null {
  if (typeof document !== 'object' || document === null || !('neural_gallery' in document)) return null;
  const { image, albums } = document as Partial<OwnDocument>;
  if (typeof image !== 'object') return null;
  const isAssumed = ['file', 'upload'].includes(image.taken_from);
  // What the file says itself, it will say again.
  const isDated = ['owner', 'sidecar'].includes(image.taken_from);
  return {
    id: image.id,
    filename: image.filename ?? undefined,
    title: image.title ?? undefined,
    description: image.description ?? undefined,
    attribution: image.attribution ?? undefined,
    taken: isDated ? { clock: image.taken_at, offset: image.taken_offset } : undefined,
    modified: isAssumed ? `${image.taken_at}${image.taken_offset ?? 'Z'}` : undefined,
    location: image.location ?? undefined,
    keywords: image.labels.filter(({ source }) => source === 'owner').map(({ label }) => label),
    favourite: image.favourite,
    archived: image.archived,
    trashed: image.trashed_at !== null,
    visibility: image.visibility,
    captionHidden: image.caption_hidden,
    albums: albums ?? [],
  };
}

/** Returns what an export says of an album, or null for any other document. */
export function albumInOwn(document: unknown): OwnAlbum | null {
  if (typeof document !== 'object' || document === null || !('neural_gallery' in document)) return null;
  const { album } = document as { album?: Partial<OwnAlbum> };
  if (typeof album?.title !== 'string' || !Array.isArray(album.pictures)) return null;
  const { title, description = null, visibility = 'private', order = 'taken', cover = null } = album;
  return { id: album.id ?? '', title, description, visibility, order, cover, pictures: album.pictures };
}
