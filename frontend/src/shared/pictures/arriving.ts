import type { Image } from '@/api/types';

/** A picture of this page's own making: on its way to the gallery, or just arrived there. */
export interface Arriving {
  readonly key: string;
  /** Null until the gallery has given out its ticket. */
  readonly imageId: string | null;
  readonly name: string;
  /** Address of the file itself; null where the browser can't draw it. */
  readonly preview: string | null;
  /** Width divided by height, once measured. */
  readonly ratio: number | null;
  /** Whose it is going to be, and who may see it. */
  readonly owner: string | null;
  readonly visibility: Image['visibility'];
  /** From queued over sent, when the gallery is asked for the caption, to done, when the list alone counts. */
  readonly stage: 'queued' | 'sending' | 'sent' | 'done';
}

/** What has become of pictures whose caption was awaited, by id: captioned, failed, or null for deleted. */
export type Outcomes = ReadonlyMap<string, Image | null>;
