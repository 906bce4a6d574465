import type { Upload } from './queue';

export interface UploadCounts {
  total: number;
  running: number;
  done: number;
  failed: number;
  refused: number;
  duplicate: number;
}

/** Counts the uploads by what has become of them. */
export function countUploads(uploads: readonly Upload[]): UploadCounts {
  const count = (...steps: string[]) => uploads.filter(({ state }) => steps.includes(state.step)).length;
  return {
    total: uploads.length,
    running: count('queued', 'sending'),
    done: count('sent', 'settled'),
    failed: count('failed'),
    refused: count('refused'),
    duplicate: count('duplicate'),
  };
}

/** Says in a sentence how the uploads stand. */
export function summarise({ total, running, done, failed, refused, duplicate }: UploadCounts): string {
  const tried = total - refused - duplicate;
  const asides = [
    failed > 0 && `${failed} failed`,
    refused > 0 && `${refused} refused`,
    duplicate > 0 && `${duplicate} already here`,
  ].filter((aside) => aside !== false);
  const progress = running > 0 ? `Uploading: ${done} of ${tried} done` : `${done} uploaded`;
  return [progress, ...asides].join(', ');
}
