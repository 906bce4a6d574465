import { createStore } from 'zustand/vanilla';
import type { Upload } from './upload';

export interface UploadStore {
  /** Those of whoever is at the page, and those that nobody owns. */
  readonly uploads: readonly Upload[];
  /** What others have left unsent; shown to nobody but them. */
  readonly parked: readonly Upload[];
  /** How much of each upload has been sent, by its key; apart, since it changes so often. */
  readonly sentBytes: Readonly<Record<string, number>>;
}

/** The uploads that a queue holds, by their keys. */
export class UploadList {
  readonly store = createStore<UploadStore>(() => ({ uploads: [], parked: [], sentBytes: {} }));

  all(): readonly Upload[] {
    return this.store.getState().uploads;
  }

  find(key: string): Upload | undefined {
    return this.all().find((upload) => upload.key === key);
  }

  change(key: string, news: Partial<Upload>): void {
    this.store.setState(({ uploads }) => ({
      uploads: uploads.map((upload) => (upload.key === key ? { ...upload, ...news } : upload)),
    }));
  }

  /** Notes how many bytes of an upload have been sent. */
  progress(key: string, sentBytes: number): void {
    this.store.setState((state) => ({ sentBytes: { ...state.sentBytes, [key]: sentBytes } }));
  }

  /** Forgets uploads, and what their previews take. */
  drop(gone: (upload: Upload) => boolean): void {
    this.all()
      .filter(gone)
      .forEach(({ preview }) => {
        if (preview) URL.revokeObjectURL(preview);
      });
    this.store.setState(({ uploads }) => ({ uploads: uploads.filter((upload) => !gone(upload)) }));
  }
}
