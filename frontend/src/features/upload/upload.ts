import type { Image, Ticket } from '@/api/types';
import type { NewPictures } from '@/shared/account/newPictures';

export type UploadState =
  | { step: 'queued' }
  | { step: 'sending' }
  /** Stopped by a sign-out or a reload; goes on when its owner says so. */
  | { step: 'interrupted' }
  /** The bytes are there; the gallery hasn't looked at them yet. */
  | { step: 'sent' }
  /** The gallery has looked: the picture is captioned, failed, or null for deleted. */
  | { step: 'done'; image: Image | null }
  | { step: 'failed'; reason: string }
  | { step: 'refused'; reason: string }
  /** The gallery has the same bytes: which picture is of them, null for one that is on its way from here. */
  | { step: 'duplicate'; of: string | null };

/** One file on its way; owner and visibility are those of the moment when it was chosen. */
export interface Upload extends NewPictures {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** Null where the browser has only kept what the file is called, so that it has to be chosen again. */
  readonly file: File | null;
  readonly state: UploadState;
  readonly ticket: Ticket | null;
  /** In hexadecimal digits; null until it is worked out, and where it can't be. */
  readonly sha256: string | null;
  /** Address of the file itself, to be seen before the gallery has it; null where the browser can't draw it. */
  readonly preview: string | null;
  /** Width divided by height, once measured. */
  readonly ratio: number | null;
  /** The album that the picture goes into, by its id. */
  readonly album?: string | undefined;
}

type Step = UploadState['step'];

const MOVING: readonly Step[] = ['queued', 'sending'];
const UNSENT: readonly Step[] = [...MOVING, 'failed', 'interrupted'];

/** Makes an upload of a file that was just chosen; refused at once for a reason, or queued. */
export function uploadOf(file: File, refusal: string | null, { owner, visibility }: NewPictures): Upload {
  const state: UploadState = refusal === null ? { step: 'queued' } : { step: 'refused', reason: refusal };
  const preview = refusal === null ? URL.createObjectURL(file) : null;
  const unknown = { ticket: null, sha256: null, ratio: null };
  const { name, size } = file;
  return { key: crypto.randomUUID(), name, size, file, state, preview, ...unknown, owner, visibility };
}

/** Stops an upload until its owner says so; its ticket stays good for as long as it is valid. */
export function interrupt(upload: Upload): Upload {
  if (upload.preview) URL.revokeObjectURL(upload.preview);
  return { ...upload, state: { step: 'interrupted' }, preview: null };
}

/** Puts an upload back in the queue; one that was stopped can be seen again. */
export function requeue(upload: Upload): Upload {
  const stopped = upload.state.step === 'interrupted' && upload.file;
  const preview = stopped ? URL.createObjectURL(stopped) : upload.preview;
  return { ...upload, preview, state: { step: 'queued' } };
}

/** Whether an upload is queued or being sent, without anybody's doing. */
export function isMoving({ state }: Upload): boolean {
  return MOVING.includes(state.step);
}

/** Whether the gallery lacks the bytes of a file that it might take. */
export function isUnsent({ state }: Upload): boolean {
  return UNSENT.includes(state.step);
}

/** Whether its bytes are, or are about to be, in the gallery, which has not looked at them yet. */
export function isUnderWay(upload: Upload): boolean {
  return isMoving(upload) || upload.state.step === 'sent';
}

/** Whether trying again may help: it was stopped, the way to the gallery was bad, or what has arrived isn't the file. */
export function mayBeRetried({ file, state }: Upload): boolean {
  if (file === null) return false;
  if (state.step === 'done') return state.image?.failure?.code === 'checksum_mismatch';
  return state.step === 'failed' || state.step === 'interrupted';
}
