import { isMoving } from './upload';
import type { UploadQueue } from './queue';

/** Keeps the screen on while files are sent, where the browser can: phones stop sending once it is off. */
export function keepAwake({ store }: Pick<UploadQueue, 'store'>): void {
  let lock: Promise<WakeLockSentinel | null> | null = null;
  const update = () => {
    const needed = document.visibilityState === 'visible' && store.getState().uploads.some(isMoving);
    if (needed) lock ??= request();
    else {
      void lock?.then((sentinel) => sentinel?.release());
      lock = null;
    }
  };
  store.subscribe(({ uploads }, before) => {
    if (uploads !== before.uploads) update();
  });
  // The browser releases the lock of a hidden page by itself.
  document.addEventListener('visibilitychange', update);
}

async function request(): Promise<WakeLockSentinel | null> {
  if (!('wakeLock' in navigator)) return null;
  return navigator.wakeLock.request('screen').catch(() => null);
}
