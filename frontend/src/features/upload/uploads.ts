import { useStore } from 'zustand';
import type { Outcomes } from '@/shared/pictures/arriving';
import { deleteImage } from '@/shared/pictures/deleteImage';
import { awaited, noLongerAwait, noteSentUploads } from './awaited';
import { hash } from './hash';
import { measure } from './measure';
import { UploadQueue, type Upload } from './queue';
import { requestTickets } from './requestTickets';
import { sendToStorage } from './sendToStorage';

/** The page's uploads; they go on whatever part of the page is shown. */
export const uploads = new UploadQueue({
  hash,
  requestTickets,
  send: sendToStorage,
  withdraw: deleteImage,
  measure,
  retryDelay: 1000,
});

noteSentUploads(uploads);

/** Notes what has become of pictures in the gallery. */
export function settleUploads(outcomes: Outcomes): void {
  uploads.settle(outcomes);
  noLongerAwait(outcomes);
}

/** Leaves no trace of what somebody has uploaded; what is still on its way goes on. */
export function forgetUploads(): void {
  uploads.clear();
  awaited.setState({ pictures: [] });
}

/** How many bytes of an upload have been sent. */
export function useSentBytes(key: string): number {
  return useStore(uploads.store, (state) => state.sentBytes[key] ?? 0);
}

export function useUploads(): readonly Upload[] {
  return useStore(uploads.store, (state) => state.uploads);
}
