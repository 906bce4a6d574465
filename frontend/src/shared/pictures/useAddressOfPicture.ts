import { useLocation, useMatch, type Location } from 'react-router';

/**
 * Returns a function that says where a link to a picture leads: over the list that is shown.
 *
 * The state names the entry of the history that keeps the list's scrolling position.
 */
export function useAddressOfPicture() {
  const location: Location<unknown> = useLocation();
  const album = useMatch('/albums/:album')?.params.album;
  const search = album === undefined ? location.search : `?${new URLSearchParams({ album })}`;
  const place = placeOf(location);
  return (id: string) => ({ to: { pathname: `/images/${id}`, search }, state: { place } });
}

/** Returns the entry of the history that keeps a page's scrolling position: that of the list beneath an open picture, else its own. */
export function placeOf({ key, state }: Location<unknown>): string {
  const known = typeof state === 'object' && state !== null && 'place' in state;
  return known && typeof state.place === 'string' ? state.place : key;
}
