import type { IdentitySettings } from '@/api/types';

/** Where people sign in, for tests. */
export const aPool: IdentitySettings = {
  region: 'eu-west-1',
  user_pool_id: 'eu-west-1_x',
  client_id: 'page',
  endpoint: null,
  sign_up: 'open',
  passkeys: false,
};
