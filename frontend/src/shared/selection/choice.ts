import type { Icon } from '@tabler/icons-react';
import type { Image } from '@/api/types';

/** Something that can be done, and to which of the selected pictures. */
export interface Choice {
  readonly words: string;
  readonly icon: Icon;
  readonly images: readonly Image[];
  readonly act: (images: readonly Image[]) => void;
  readonly isFinal?: boolean;
}
