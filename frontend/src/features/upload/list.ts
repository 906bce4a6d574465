import type { Upload } from './upload';
import type { UploadStore } from './uploadStore';

/** The uploads that a queue holds, by their keys. */
export class UploadList {
  readonly store: UploadStore;

  constructor(store: UploadStore) {
    this.store = store;
  }

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
