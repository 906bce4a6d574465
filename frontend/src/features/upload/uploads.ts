import type { UploadLimits } from '@/api/types';
import { presence } from '@/api/person';
import { sendAs } from '@/api/sendAsPerson';
import { deleteImage } from '@/shared/pictures/deleteImage';
import { noteSentUploads } from './awaited';
import { hash } from './hash';
import { askBeforeLeaving } from './leaving';
import { measure } from './measure';
import { uploadsOnPage } from './onPage';
import { UploadQueue } from './queue';
import { requestTickets } from './requestTickets';
import { forgetSharedFiles } from './shared';
import { sendToStorage } from '@/shared/uploads/sendToStorage';
import { adopt, forgetFiles, forgetOwner, keepUnsent } from './unsent';
import { waitForRetryAfter, waitForConnection } from './waiting';
import { keepAwake } from './wakeLock';
import { withWatchdog } from './watchdog';

/** The page's uploads; they go on whatever part of the page is shown. */
export const uploads = new UploadQueue(
  {
    hash,
    requestTickets,
    send: withWatchdog(sendToStorage),
    withdraw: (imageId, owner) => deleteImage(imageId, sendAs(owner)),
    measure,
    retryDelay: 1000,
    waitForConnection,
    waitForRetryAfter,
  },
  uploadsOnPage,
);

noteSentUploads(uploads);
keepUnsent(uploads);
askBeforeLeaving(uploads);
keepAwake(uploads);
uploads.setOwner(presence.getState().person?.sub ?? null);

/** Whoever signs in or out, here or in another window, meets only what is theirs. */
presence.subscribe(({ person }, { person: before }) => {
  if (person?.sub !== before?.sub) uploads.setOwner(person?.sub ?? null);
});

/** Forgets what this browser keeps of somebody who has left; of one whose session has ended only what was shared. */
export function forgetLeft(owner: string, ended: boolean): void {
  void forgetSharedFiles();
  if (!ended) forgetFiles(owner);
}

/** Shows what pages that have gone left unsent of whoever is here. */
export function recallUploads(owner: string | null, limits: UploadLimits): void {
  void adopt(owner, (left) => uploads.restore(left, limits));
}

/** Forgets whatever is kept of a person whose account is erased. */
export function forgetUploadsOf(owner: string): void {
  uploads.forgetOwner(owner);
  forgetOwner(owner);
}
