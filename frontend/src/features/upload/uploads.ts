import { useStore } from 'zustand';
import type { UploadLimits } from '@/api/types';
import { presence } from '@/api/person';
import { sendAs } from '@/api/sendAsPerson';
import type { Outcomes } from '@/shared/pictures/arriving';
import { deleteImage } from '@/shared/pictures/deleteImage';
import { awaited, forgetAwaited, noteSentUploads } from './awaited';
import { hash } from './hash';
import { askBeforeLeaving } from './leaving';
import { measure } from './measure';
import { UploadQueue } from './queue';
import { requestTickets } from './requestTickets';
import { forgetSharedFiles } from './shared';
import { sendToStorage } from './sendToStorage';
import { adopt, forgetFiles, forgetOwner, keepUnsent } from './unsent';
import type { Upload } from './upload';
import { waitForRetryAfter, waitForConnection } from './waiting';
import { keepAwake } from './wakeLock';
import { withWatchdog } from './watchdog';

/** The page's uploads; they go on whatever part of the page is shown. */
export const uploads = new UploadQueue({
  hash,
  requestTickets,
  send: withWatchdog(sendToStorage),
  withdraw: (imageId, owner) => deleteImage(imageId, sendAs(owner)),
  measure,
  retryDelay: 1000,
  waitForConnection,
  waitForRetryAfter,
});

noteSentUploads(uploads);
keepUnsent(uploads);
askBeforeLeaving(uploads);
keepAwake(uploads);
uploads.setOwner(presence.getState().person?.sub ?? null);

/** Whoever signs in or out, here or in another window, meets only what is theirs. */
presence.subscribe(({ person, ended }, { person: before }) => {
  if (person?.sub === before?.sub) return;
  uploads.setOwner(person?.sub ?? null);
  if (before === null) return;
  awaited.setState({ pictures: [] });
  void forgetSharedFiles();
  if (!ended) forgetFiles(before.sub);
});

/** Shows what pages that have gone left unsent of whoever is here. */
export function recallUploads(owner: string | null, limits: UploadLimits): void {
  void adopt(owner, (left) => uploads.restore(left, limits));
}

/** Forgets whatever is kept of a person whose account is erased. */
export function forgetUploadsOf(owner: string): void {
  uploads.forgetOwner(owner);
  forgetOwner(owner);
}

/** Notes what has become of pictures in the gallery. */
export function applyOutcomes(outcomes: Outcomes): void {
  uploads.applyOutcomes(outcomes);
  forgetAwaited(outcomes);
}

/** How many bytes of an upload have been sent. */
export function useSentBytes(key: string): number {
  return useStore(uploads.store, (state) => state.sentBytes[key] ?? 0);
}

export function useUploads(): readonly Upload[] {
  return useStore(uploads.store, (state) => state.uploads);
}

/** How many files wait for the person who chose them to sign in again. */
export function useParkedCount(): number {
  return useStore(uploads.store, (state) => state.parked.length);
}
