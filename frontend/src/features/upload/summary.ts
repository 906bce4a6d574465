import type { Upload } from './upload';

export interface UploadCounts {
  total: number;
  running: number;
  done: number;
  unsent: number;
  failed: number;
  refused: number;
  duplicate: number;
}

type Fate = Exclude<keyof UploadCounts, 'total'>;

/** Counts the uploads by what has become of them; a file that the gallery could not read counts as refused. */
export function countUploads(uploads: readonly Upload[]): UploadCounts {
  const counts = {
    total: uploads.length,
    running: 0,
    done: 0,
    unsent: 0,
    failed: 0,
    refused: 0,
    duplicate: 0,
  };
  for (const upload of uploads) counts[fateOf(upload)] += 1;
  return counts;
}

function fateOf({ state }: Upload): Fate {
  switch (state.step) {
    case 'queued':
    case 'sending':
      return 'running';
    case 'interrupted':
      return 'unsent';
    case 'sent':
      return 'done';
    case 'done':
      return fateOfFailure(state.image?.failure?.code);
    default:
      return state.step;
  }
}

function fateOfFailure(code: string | undefined): Fate {
  if (code === undefined) return 'done';
  return code === 'duplicate' ? 'duplicate' : 'refused';
}

/** Says in a sentence how the uploads stand. */
export function summarise({
  total,
  running,
  done,
  unsent,
  failed,
  refused,
  duplicate,
}: UploadCounts): string {
  const tried = total - unsent - refused - duplicate;
  const asides = [
    unsent > 0 && `${unsent} not sent`,
    failed > 0 && `${failed} failed`,
    refused > 0 && `${refused} refused`,
    duplicate > 0 && `${duplicate} already here`,
  ].filter((aside) => aside !== false);
  const progress = running > 0 ? `Uploading: ${done} of ${tried} done` : `${done} uploaded`;
  return [progress, ...asides].join(', ');
}
