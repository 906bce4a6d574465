import { api, expectData, expectDone } from '@/api/client';
import type { Report } from '@/api/types';

/** What admins ask of the gallery, a function for each call. */

type Cursor = string | null;
export type Decision = 'hide' | 'restore' | 'dismiss';
export type ReportList = 'undecided' | 'hidden';
export type Blocking = 'disable' | 'enable';

const page = (cursor: Cursor) => (cursor === null ? {} : { cursor });

export const getStats = (signal: AbortSignal) => expectData(api.GET('/api/admin/stats', { signal }));

export const getFailures = (cursor: Cursor, signal: AbortSignal) =>
  expectData(api.GET('/api/admin/failures', { params: { query: page(cursor) }, signal }));

export const redrive = () => expectData(api.POST('/api/admin/failures/redrive'));

export const getRecaption = (signal: AbortSignal) => expectData(api.GET('/api/admin/recaption', { signal }));

export const recaption = (model: string) => expectData(api.POST('/api/admin/recaption', { body: { model } }));

export const pause = (reason: string) => expectData(api.POST('/api/admin/pause', { body: { reason } }));

export const resume = () => expectData(api.POST('/api/admin/resume'));

export const getPeople = (username: string, cursor: Cursor, signal: AbortSignal) =>
  expectData(
    api.GET('/api/admin/people', {
      params: { query: username === '' ? page(cursor) : { username } },
      signal,
    }),
  );

export const invite = (email: string) => expectData(api.POST('/api/admin/people', { body: { email } }));

export const block = (username: string, how: Blocking) =>
  how === 'disable'
    ? expectDone(api.POST('/api/admin/people/{username}/disable', { params: { path: { username } } }))
    : expectDone(api.POST('/api/admin/people/{username}/enable', { params: { path: { username } } }));

export const remove = (username: string) =>
  expectDone(api.DELETE('/api/admin/people/{username}', { params: { path: { username } } }));

export const getReports = (list: ReportList, cursor: Cursor, signal: AbortSignal) =>
  expectData(api.GET('/api/admin/reports', { params: { query: { list, ...page(cursor) } }, signal }));

export const decide = ({ kind, id }: Pick<Report, 'kind' | 'id'>, decision: Decision) =>
  expectData(
    api.POST('/api/admin/reports/{kind}/{thing_id}/{decision}', {
      params: { path: { kind, thing_id: id, decision } },
    }),
  );

export const getLog = (cursor: Cursor, signal: AbortSignal) =>
  expectData(api.GET('/api/admin/log', { params: { query: page(cursor) }, signal }));
