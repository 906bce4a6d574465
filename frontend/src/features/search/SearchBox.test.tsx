import { MantineProvider } from '@mantine/core';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SearchBox } from './SearchBox';

describe('the search box', () => {
  let routes: ReturnType<typeof createMemoryRouter>;
  const address = () => `${routes.state.location.pathname}${routes.state.location.search}`;
  const box = () => screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search the pictures' });
  const type = (value: string) => fireEvent.change(box(), { target: { value } });
  const commit = () => fireEvent.submit(screen.getByRole('search'));
  const wait = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
  const back = () => act(() => routes.navigate(-1));

  function open(...entries: string[]) {
    routes = createMemoryRouter([{ path: '*', element: <SearchBox /> }], { initialEntries: entries });
    render(
      <MantineProvider>
        <RouterProvider router={routes} />
      </MantineProvider>,
    );
  }

  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('lets the address follow once one pauses, not with every letter', async () => {
    open('/');
    type('d');
    await wait(200);
    type('dog');
    await wait(200);
    expect(address()).toBe('/');
    await wait(100);
    expect(address()).toBe('/?q=dog');
  });

  it('makes one step of what is typed: back leads to what was there before', async () => {
    open('/?label=dog');
    type('red');
    await wait(300);
    type('red car');
    await wait(300);
    expect(address()).toBe('/?q=red+car');
    await back();
    expect([address(), box().value]).toEqual(['/?label=dog', '']);
  });

  it('keeps a search that was committed as a step of its own', async () => {
    open('/');
    type('cat');
    commit();
    await wait(0);
    expect(address()).toBe('/?q=cat');
    type('car');
    await wait(300);
    expect(address()).toBe('/?q=car');
    await back();
    expect([address(), box().value]).toEqual(['/?q=cat', 'cat']);
  });

  it('keeps a search that was committed after the address had followed', async () => {
    open('/');
    type('cat');
    await wait(300);
    commit();
    type('car');
    await wait(300);
    await back();
    expect(address()).toBe('/?q=cat');
  });

  it('shows what the address asks for, and keeps how well pictures have to fit', async () => {
    open('/?q=dog&min=0.4');
    expect(box()).toHaveValue('dog');
    type('dogs ');
    await wait(300);
    expect(address()).toBe('/?q=dogs&min=0.4');
    expect(box()).toHaveValue('dogs ');
  });

  it('is emptied by Escape, and then all pictures are shown', async () => {
    open('/?q=dog');
    fireEvent.keyDown(box(), { key: 'Escape' });
    await wait(0);
    expect([address(), box().value]).toEqual(['/', '']);
    await back();
    expect([address(), box().value]).toEqual(['/?q=dog', 'dog']);
  });

  it('asks for nothing by blanks', async () => {
    open('/?owner=anna');
    type('   ');
    await wait(300);
    commit();
    await wait(0);
    expect(address()).toBe('/?owner=anna');
  });

  it('is reached by Ctrl and K or ⌘ and K, never by a letter or sign alone', () => {
    open('/');
    for (const key of ['/', 'k']) fireEvent.keyDown(document.body, { key });
    expect(box()).not.toHaveFocus();
    for (const modifier of ['ctrlKey', 'metaKey']) {
      fireEvent.keyDown(document.body, { key: 'k', [modifier]: true });
      expect(box()).toHaveFocus();
      box().blur();
    }
  });
});
