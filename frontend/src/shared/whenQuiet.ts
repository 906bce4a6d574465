import { useEffect, useEffectEvent } from 'react';

const LONGEST_MS = 4000;

let note: () => void = () => undefined;
const firstPicture = new Promise<void>((resolve) => {
  note = resolve;
});

/** Notes that a picture is drawn. */
export function notePicture(): void {
  note();
}

/**
 * Resolves once the page has drawn its first picture and has nothing to do: what is only wanted later is fetched then.
 *
 * Where no picture comes it waits a few seconds after the page has loaded.
 */
export async function whenQuiet(): Promise<void> {
  if (document.readyState !== 'complete')
    await new Promise((resolve) => window.addEventListener('load', resolve, { once: true }));
  await Promise.race([firstPicture, new Promise((resolve) => setTimeout(resolve, LONGEST_MS))]);
  await new Promise<void>((resolve) => {
    // Safari has no idle callbacks.
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 1000 });
    else setTimeout(resolve, 0);
  });
}

/** Fetches what is only wanted later once the page is quiet, unless it is gone by then; should that fail, it is fetched when it is wanted. */
export function useWhenQuiet(act: () => Promise<unknown>): void {
  const begin = useEffectEvent(act);
  useEffect(() => {
    let isHere = true;
    void whenQuiet()
      .then(() => (isHere ? begin() : undefined))
      .catch(() => undefined);
    return () => {
      isHere = false;
    };
  }, []);
}
