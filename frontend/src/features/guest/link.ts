import { expectData, expectDone } from '@/api/answers';
import { Problem } from '@/api/problem';
import type { components } from '@/api/schema';
import type { Image, ImagePage } from '@/api/types';
import { keep, kept, linkApi, tokenOfPage } from './visit';

export type Link = components['schemas']['LinkView'];

const MOST_A_PAGE = 100;

const pathOf = (image_id: string) => ({ token: tokenOfPage(), image_id });

/**
 * GET /api/links/{token}: what the link opens; with a password in percent-encoded UTF-8, since headers hold only ASCII.
 *
 * Access that is refused is forgotten, for it lives 12 hours and ends with the password.
 */
export async function openLink(password: string | null, signal?: AbortSignal): Promise<Link> {
  const header = password === null ? {} : { 'x-link-password': encodeURIComponent(password) };
  const params = { path: { token: tokenOfPage() }, header };
  try {
    const link = await expectData(linkApi.GET('/api/links/{token}', { params, signal }));
    if (link.access !== null) keep('access', link.access);
    return link;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) keep('access', null);
    throw error;
  }
}

/** GET /api/links/{token}/images: one page of what the link shows, or with `mine` of what this visit added. */
export function findPictures(mine: boolean, cursor: string | null, signal?: AbortSignal): Promise<ImagePage> {
  const query = { limit: MOST_A_PAGE, ...(cursor !== null && { cursor }), ...(mine && { mine }) };
  const params = { path: { token: tokenOfPage() }, query };
  return expectData(linkApi.GET('/api/links/{token}/images', { params, signal }));
}

/** Every picture that the link shows. */
export async function findAllPictures(signal: AbortSignal): Promise<Image[]> {
  const images: Image[] = [];
  let cursor: string | null = null;
  do {
    const page: ImagePage = await findPictures(false, cursor, signal);
    images.push(...page.images);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return images;
}

/** GET …/images/{id}/download: where a picture can be saved from, for at most a quarter of an hour. */
export function findFile(id: string) {
  const params = { path: pathOf(id), query: { format: 'json' as const } };
  return expectData(linkApi.GET('/api/links/{token}/images/{image_id}/download', { params }));
}

/** DELETE …/images/{id}: takes back for good what this visit added. */
export function takeBack(id: string): Promise<void> {
  return expectDone(linkApi.DELETE('/api/links/{token}/images/{image_id}', { params: { path: pathOf(id) } }));
}

/** POST …/images/{id}/report: tells the album's owner why a picture should not be shown. */
export function reportToOwner(id: string, reason: string): Promise<void> {
  const request = { params: { path: pathOf(id) }, body: { reason } };
  return expectDone(linkApi.POST('/api/links/{token}/images/{image_id}/report', request));
}

/** Whether this visit has added anything. */
export function hasAdded(): boolean {
  return kept('visit') !== null;
}
