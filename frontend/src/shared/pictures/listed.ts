import type { Image } from '@/api/types';

/**
 * The fields of pictures that a grid and the selection bar know of.
 *
 * Half of each picture is left out, as only an open picture shows it: labels, digests and what a model took.
 */
export const LISTED_FIELDS =
  'id,status,caption,caption_hidden,title,description,filename,attribution,owner,owner_name,guest_name,visibility,hidden,' +
  'archived,trashed_at,favourite,review,albums,version,type,size,width,height,color,placeholder,created_at,taken_at,' +
  'taken_offset,taken_from,camera,location,urls,sizes,failure,stack';

const LEFT_OUT = {
  labels: [],
  captions: [],
  key: '',
  sha256: null,
  captioned_at: null,
  inference_time_ms: null,
  model: null,
} satisfies Partial<Image>;

/** Returns a picture of a list as one that has all fields, empty where they weren't asked for. */
export function completed(image: Image): Image {
  return { ...LEFT_OUT, ...image };
}

/** How many pictures are asked for at first. */
export const FIRST_PAGE = 48;

/** What the first view asks for, as the page writes it: the first script asks for the same before the page is there. */
export const FIRST_CALLS = [
  '/api/settings',
  '/api/timeline',
  `/api/images?limit=${FIRST_PAGE}&order=taken&fields=${LISTED_FIELDS.replaceAll(',', '%2C')}`,
] as const;
