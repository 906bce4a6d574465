import { isMoving, type Upload } from './upload';

/** Uploads that are told of in one line, or a single one. */
export interface UploadGroup {
  /** Steady while uploads come and go. */
  readonly key: string;
  /** Why none of them went through; null for a single upload, which says so itself. */
  readonly reason: string | null;
  readonly uploads: readonly Upload[];
}

const NOT_SENT = 'Not sent yet.';
const NO_FILE = 'Not sent, and no longer at hand here. Please choose again.';

/** Puts what needs somebody first, then what moves, then what is over; many failures of one reason are one group. */
export function groupUploads(list: readonly Upload[]): UploadGroup[] {
  const byReason = new Map<string, Upload[]>();
  const singles: Upload[] = [];
  for (const upload of list) {
    const reason = failureOf(upload);
    if (reason === null) singles.push(upload);
    else byReason.set(reason, [...(byReason.get(reason) ?? []), upload]);
  }
  const failures = [...byReason].map(([reason, uploads]) => ({ key: reason, reason, uploads }));
  const rest = singles.toSorted((a, b) => Number(isMoving(b)) - Number(isMoving(a)));
  return [...failures.flatMap(unlessAlone), ...rest.map(alone)];
}

/** Why an upload doesn't go on by itself; null where it does, or is over. */
export function failureOf({ file, state }: Upload): string | null {
  switch (state.step) {
    case 'failed':
    case 'refused':
      return state.reason;
    case 'interrupted':
      return file === null ? NO_FILE : NOT_SENT;
    case 'done':
      return state.image?.failure && !state.image.failure.duplicate_of ? state.image.failure.detail : null;
    default:
      return null;
  }
}

function unlessAlone(group: UploadGroup): UploadGroup[] {
  return group.uploads.length > 1 ? [group] : group.uploads.map(alone);
}

function alone(upload: Upload): UploadGroup {
  return { key: upload.key, reason: null, uploads: [upload] };
}
