import { createStore } from 'zustand/vanilla';
import type { Upload } from './upload';

export interface UploadsState {
  /** Those of whoever is at the page, and those that nobody owns. */
  readonly uploads: readonly Upload[];
  /** What others have left unsent; shown to nobody but them. */
  readonly parked: readonly Upload[];
  /** How much of each upload has been sent, by its key; apart, since it changes so often. */
  readonly sentBytes: Readonly<Record<string, number>>;
}

/** What a queue knows of its uploads. */
export function createUploadStore() {
  return createStore<UploadsState>(() => ({ uploads: [], parked: [], sentBytes: {} }));
}

export type UploadStore = ReturnType<typeof createUploadStore>;
