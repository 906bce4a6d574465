const KEPT_FOR = 10 * 60_000;

const first = new Map<string, { url: string; since: number }>();

/**
 * Returns the address by which a rendition was first seen, as long as that works.
 *
 * Each answer signs the addresses of private renditions anew, for a quarter of an hour; unchanged pictures would be
 * fetched again and flicker.
 */
export function steadyUrl(url: string): string {
  const [path = url, signature] = url.split('?');
  if (signature === undefined) return url;
  const known = first.get(path);
  if (known && Date.now() - known.since < KEPT_FOR) return known.url;
  first.set(path, { url, since: Date.now() });
  return url;
}
