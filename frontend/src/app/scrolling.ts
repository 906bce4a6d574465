import { useEffect, useLayoutEffect } from 'react';
import { useLocation, type Location } from 'react-router';
import { placeOf } from '@/shared/pictures/useAddressOfPicture';

const NAME = 'scroll places';

/** How far down each entry of the history was scrolled, in CSS pixels; kept over a reload. */
const places = new Map<string, number>(readPlaces());

function readPlaces(): [string, number][] {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? '[]') as [string, number][];
  } catch {
    return [];
  }
}

const MOST_PLACES = 100;

/** Notes that an entry of the history is, or shall be, scrolled as the page is now. */
export function noteScroll(location: Location<unknown>): void {
  const place = placeOf(location);
  places.delete(place);
  places.set(place, window.scrollY);
}

/** Scrolls an entry of the history to where it was, a new one to its top, or to the element that it names. */
export function useScrolling(): void {
  const location = useLocation();
  const { hash } = location;
  const place = placeOf(location);
  useLayoutEffect(() => {
    const known = places.get(place);
    const named = hash === '' ? null : document.getElementById(decodeURIComponent(hash.slice(1)));
    if (known === undefined && named) named.scrollIntoView();
    else window.scrollTo(0, known ?? 0);
  }, [location, place, hash]);
  useEffect(() => {
    const keep = () => {
      noteScroll(location);
      sessionStorage.setItem(NAME, JSON.stringify([...places].slice(-MOST_PLACES)));
      // A reload is the browser's own; until the page is there it scrolls as far as it can.
      window.history.scrollRestoration = 'auto';
    };
    window.history.scrollRestoration = 'manual';
    window.addEventListener('pagehide', keep);
    return () => window.removeEventListener('pagehide', keep);
  }, [location]);
}
