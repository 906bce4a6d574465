import { useStore } from 'zustand';
import { deleteImage } from '@/shared/pictures/deleteImage';
import { measure } from './measure';
import { UploadQueue, type Upload } from './queue';
import { requestTickets } from './requestTickets';
import { sendToStorage } from './sendToStorage';

/** The page's uploads; they go on whatever part of the page is shown. */
export const uploads = new UploadQueue({
  requestTickets,
  send: sendToStorage,
  withdraw: deleteImage,
  measure,
  retryDelay: 1000,
});

/** How many bytes of an upload have been sent. */
export function useSentBytes(key: string): number {
  return useStore(uploads.store, (state) => state.sentBytes[key] ?? 0);
}

export function useUploads(): readonly Upload[] {
  return useStore(uploads.store, (state) => state.uploads);
}
