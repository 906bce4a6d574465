import { api, expectData } from '@/api/client';
import type { User } from '@/api/types';

/** GET /api/users/{username}: somebody's profile. */
export function getUser(username: string, signal?: AbortSignal): Promise<User> {
  return expectData(api.GET('/api/users/{username}', { params: { path: { username } }, signal }));
}
