import type { ImagePage } from '@/api/types';

/** One page of a view. */
export type PicturePage = ImagePage;
