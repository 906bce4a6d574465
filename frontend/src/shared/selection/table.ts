import type { Image } from '@/api/types';
import type { Selection } from './selection';

/** What a table shows. */
export interface TableProps {
  images: readonly Image[];
  /** How many pictures are still on their way to the gallery. */
  arriving: number;
  /** Whether there are more than were loaded. */
  more: boolean;
  /** Whether others are about to take their place. */
  busy: boolean;
  selection: Selection;
}
