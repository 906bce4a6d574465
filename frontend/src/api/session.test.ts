// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aPool } from '@/testing/aPool';
import { setPerson, presence } from './person';
import { sendAs, sendAsPerson } from './sendAsPerson';
import { openSession, signOut } from './session';

const pool = vi.hoisted(() => ({ configure: vi.fn(), currentSession: vi.fn(), leave: vi.fn() }));
vi.mock('./cognito', () => pool);

const anna = { sub: 'anna', email: 'anna@example.org', admin: false };
describe('a request to the gallery', () => {
  const fetched = vi.fn<(request: Request) => Promise<Response>>();
  const bearers = () => fetched.mock.calls.map(([{ headers }]) => headers.get('Authorization'));
  const send = () =>
    sendAsPerson(new Request('http://gallery.test/api/uploads', { method: 'POST', body: '{}' }));

  beforeEach(() => {
    vi.stubGlobal('fetch', fetched);
    fetched.mockReset().mockImplementation(() => Promise.resolve(new Response('{}')));
    pool.currentSession.mockReset().mockResolvedValue({ token: 'fresh', person: anna });
    pool.leave.mockReset().mockResolvedValue(undefined);
    openSession(aPool);
    setPerson(anna);
  });

  it('carries nothing of a stranger, and doesn’t even fetch the code to sign in', async () => {
    setPerson(null);
    await send();
    expect([bearers(), pool.currentSession.mock.calls.length]).toEqual([[null], 0]);
  });

  it('carries the token of somebody signed in', async () => {
    await send();
    expect(bearers()).toEqual(['Bearer fresh']);
  });

  it('is sent once more with a renewed token when refused, body and all', async () => {
    fetched.mockResolvedValueOnce(new Response(null, { status: 401 }));
    pool.currentSession.mockResolvedValueOnce({ token: 'stale', person: anna });
    expect((await send()).status).toBe(200);
    expect(bearers()).toEqual(['Bearer stale', 'Bearer fresh']);
    expect(pool.currentSession).toHaveBeenLastCalledWith(true);
    expect(await fetched.mock.calls[1]?.[0].text()).toBe('{}');
  });

  it('is not sent a third time', async () => {
    fetched.mockImplementation(() => Promise.resolve(new Response(null, { status: 401 })));
    expect((await send()).status).toBe(401);
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('is not sent as a stranger’s when the session has ended', async () => {
    pool.currentSession.mockResolvedValue(null);
    await expect(send()).rejects.toMatchObject({ status: 401, retryable: false });
    expect(fetched).not.toHaveBeenCalled();
    expect(presence.getState().person).toBeNull();
  });

  it('doesn’t wait for a token where the page is about to be gone, nor takes somebody else’s', async () => {
    const leave = () =>
      sendAsPerson(
        new Request('http://gallery.test/api/feedback', { method: 'POST', body: '{}', keepalive: true }),
      );
    await send();
    await leave();
    expect(pool.currentSession).toHaveBeenCalledTimes(1);
    setPerson({ ...anna, sub: 'ben' });
    pool.currentSession.mockResolvedValue({ token: 'bens', person: { ...anna, sub: 'ben' } });
    await leave();
    setPerson(null);
    await leave();
    expect(bearers()).toEqual(['Bearer fresh', 'Bearer fresh', 'Bearer bens', null]);
  });

  it('is a stranger’s again after signing out', async () => {
    await signOut();
    await send();
    expect([bearers(), pool.leave.mock.calls.length]).toEqual([[null], 1]);
  });

  const request = () => new Request('http://gallery.test/api/uploads', { method: 'POST', body: '{}' });

  it('is not sent as another’s than the one who was at the page', async () => {
    pool.currentSession.mockResolvedValue({ token: 'bens', person: { ...anna, sub: 'ben' } });
    await expect(send()).rejects.toMatchObject({ status: 401 });
    expect(fetched).not.toHaveBeenCalled();
    expect(presence.getState().person?.sub).toBe('ben');
  });

  it('of one person carries their token or is not sent at all', async () => {
    await sendAs('anna')(request());
    await expect(sendAs('ben')(request())).rejects.toMatchObject({ message: 'Sign in again to go on.' });
    setPerson(null);
    await expect(sendAs('anna')(request())).rejects.toMatchObject({ status: 401 });
    setPerson(anna);
    pool.currentSession.mockResolvedValue(null);
    await expect(sendAs('anna')(request())).rejects.toMatchObject({ status: 401 });
    expect(bearers()).toEqual(['Bearer fresh']);
  });

  it('of one person is not renewed with the token of another', async () => {
    fetched.mockResolvedValueOnce(new Response(null, { status: 401 }));
    pool.currentSession
      .mockResolvedValueOnce({ token: 'stale', person: anna })
      .mockResolvedValueOnce({ token: 'bens', person: { ...anna, sub: 'ben' } });
    await expect(sendAs('anna')(request())).rejects.toMatchObject({ status: 401 });
    expect(bearers()).toEqual(['Bearer stale']);
  });

  it('of nobody carries nothing, whoever is signed in', async () => {
    await sendAs(null)(request());
    expect(bearers()).toEqual([null]);
  });
});
