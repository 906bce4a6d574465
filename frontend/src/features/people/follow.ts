import { api, expectDone } from '@/api/client';

/** PUT or DELETE /api/users/{username}/follow: follows somebody, or no longer; as often as one likes. */
export function follow(username: string, following: boolean): Promise<void> {
  const params = { path: { username } };
  return expectDone(
    following
      ? api.PUT('/api/users/{username}/follow', { params })
      : api.DELETE('/api/users/{username}/follow', { params }),
  );
}
