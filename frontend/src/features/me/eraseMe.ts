import { api, expectDone } from '@/api/client';

/** DELETE /api/me: closes the account at once; all that was in it is erased soon after. */
export function eraseMe(): Promise<void> {
  return expectDone(api.DELETE('/api/me'));
}
