import { isMoving } from './upload';
import type { UploadQueue } from './queue';

/** Has the browser ask before the page is left while files are on their way, and only then. */
export function askBeforeLeaving({ store }: UploadQueue): void {
  store.subscribe(({ uploads }, before) => {
    if (uploads === before.uploads) return;
    if (uploads.some(isMoving)) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
  });
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
