/** What the page knows of its uploads. The queue that sends them is fetched by itself: most visitors never need it. */
import { useStore } from 'zustand';
import { presence } from '@/api/person';
import type { Outcomes } from '@/shared/pictures/arriving';
import { awaited, forgetAwaited } from './awaited';
import type { Upload } from './upload';
import { createUploadStore } from './uploadStore';

/** The page's uploads, whatever part of it is shown. */
export const uploadsOnPage = createUploadStore();

/** Fetches what sends files. */
export const fetchUploads = () => import('./uploads');

/** Whoever signs in or out, here or in another window, leaves nothing that the next one meets. */
presence.subscribe(({ person, ended }, { person: before }) => {
  if (before === null || person?.sub === before.sub) return;
  awaited.setState({ pictures: [] });
  void fetchUploads().then(({ forgetLeft }) => forgetLeft(before.sub, ended));
});

/** Notes what has become of pictures in the gallery. */
export function applyOutcomes(outcomes: Outcomes): void {
  forgetAwaited(outcomes);
  if (uploadsOnPage.getState().uploads.length > 0)
    void fetchUploads().then(({ uploads }) => uploads.applyOutcomes(outcomes));
}

/** How many bytes of an upload have been sent. */
export function useSentBytes(key: string): number {
  return useStore(uploadsOnPage, (state) => state.sentBytes[key] ?? 0);
}

export function useUploads(): readonly Upload[] {
  return useStore(uploadsOnPage, (state) => state.uploads);
}

/** How many files wait for the person who chose them to sign in again. */
export function useParkedCount(): number {
  return useStore(uploadsOnPage, (state) => state.parked.length);
}
