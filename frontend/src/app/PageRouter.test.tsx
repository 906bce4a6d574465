import { act, render, screen, waitFor } from '@testing-library/react';
import { useEffect } from 'react';
import { Link, useLocation, useNavigate, type NavigateFunction, type NavigateOptions } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { guardLeaving } from '@/shared/leaving';
import { PageRouter } from './PageRouter';
import { useScrolling } from './scrolling';

const hook: { navigate: NavigateFunction } = { navigate: () => {} };

function Place() {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  useEffect(() => {
    hook.navigate = navigate;
  });
  useScrolling();
  return (
    <>
      <h1>{pathname}</h1>
      <Link to="/images/1" state={{ place: useLocation().key }}>
        Open
      </Link>
    </>
  );
}

const at = (pathname: string) => screen.findByRole('heading', { name: pathname });
const go = (to: string, options?: NavigateOptions) =>
  act(async () => {
    await hook.navigate(to, options);
  });
const back = () => act(() => window.history.back());
const scrolled = (y: number) => Object.defineProperty(window, 'scrollY', { configurable: true, value: y });

describe('the addresses of the page', () => {
  let forget = () => {};
  const scrollTo = vi.fn();

  beforeEach(async () => {
    scrollTo.mockClear();
    vi.stubGlobal('scrollTo', scrollTo);
    scrolled(0);
    window.history.pushState(null, '', '/');
    render(
      <PageRouter>
        <Place />
      </PageRouter>,
    );
    await go('/list');
    await at('/list');
  });

  afterEach(() => {
    forget();
    scrolled(0);
  });

  it('begin at the top when they are new, and where they were when one comes back', async () => {
    scrolled(700);
    await go('/posts');
    await at('/posts');
    expect(scrollTo).toHaveBeenLastCalledWith(0, 0);
    scrolled(50);
    back();
    await at('/list');
    expect(scrollTo).toHaveBeenLastCalledWith(0, 700);
  });

  it('stay where they are beneath an open picture', async () => {
    scrolled(900);
    act(() => screen.getByRole('link', { name: 'Open' }).click());
    await at('/images/1');
    expect(scrollTo).toHaveBeenLastCalledWith(0, 900);
  });

  it('stay where they are if told so', async () => {
    scrolled(300);
    await go('/list?view=table', { replace: true, preventScrollReset: true });
    await waitFor(() => expect(scrollTo).toHaveBeenLastCalledWith(0, 300));
  });

  it('are left through links only once a question is answered', async () => {
    const ask = vi.fn<(leave: () => void) => void>();
    forget = guardLeaving({ holds: (pathname) => pathname !== '/list', ask });
    await go('/posts');
    await go('/list?q=cat');
    expect(ask).toHaveBeenCalledTimes(1);
    expect(window.location.href).toMatch(/\/list\?q=cat$/);
    act(() => ask.mock.calls[0]?.[0]());
    await at('/posts');
    expect(window.location.pathname).toBe('/posts');
  });

  it('are left by the browser’s buttons only once a question is answered', async () => {
    await go('/posts');
    await at('/posts');
    const ask = vi.fn<(leave: () => void) => void>();
    forget = guardLeaving({ holds: (pathname) => pathname !== '/posts', ask });
    back();
    await waitFor(() => expect(ask).toHaveBeenCalledTimes(1));
    await waitFor(() => expect(window.location.pathname).toBe('/posts'));
    expect(screen.getByRole('heading')).toHaveTextContent('/posts');
    act(() => ask.mock.calls[0]?.[0]());
    await at('/list');
    expect(window.location.pathname).toBe('/list');
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
