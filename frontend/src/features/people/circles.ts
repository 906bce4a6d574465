import { api, expectData } from '@/api/client';
import type { UserPage } from '@/api/types';

/** The people around somebody. */
export const CIRCLES = {
  followers: 'Followers',
  following: 'Following',
  mutual: 'In common',
} as const;

export type Circle = keyof typeof CIRCLES;

/** GET /api/users/{username}/followers, …/following or …/mutual: a page of the people around somebody. */
export function findCircle(
  username: string,
  circle: Circle,
  cursor: string | null,
  signal: AbortSignal,
): Promise<UserPage> {
  const params = { path: { username }, query: { limit: 48, ...(cursor !== null && { cursor }) } };
  return expectData(api.GET(`/api/users/{username}/${circle}`, { params, signal }));
}
