import createClient from 'openapi-fetch';
import { sendAsPerson } from './sendAsPerson';
import type { paths } from './schema';

export { expectData, expectDone } from './answers';

/** The gallery's API on the page's own origin; every answer and parameter is typed by its OpenAPI document. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: sendAsPerson,
});
