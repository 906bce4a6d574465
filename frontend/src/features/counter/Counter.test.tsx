import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Counter } from './Counter';

describe('the digit counter', () => {
  let routes: ReturnType<typeof createMemoryRouter>;
  const number = () => screen.getByLabelText('Up to this number');

  function open(address: string) {
    routes = createMemoryRouter([{ path: '*', element: <Counter /> }], { initialEntries: [address] });
    render(
      <MantineProvider>
        <QueryClientProvider client={new QueryClient()}>
          <RouterProvider router={routes} />
        </QueryClientProvider>
      </MantineProvider>,
    );
  }

  beforeEach(() => {
    vi.stubGlobal('fetch', ({ url }: Request) => {
      const { searchParams } = new URL(url);
      const long = (searchParams.get('n') ?? '').length > 4;
      const count = long ? '90071992547409931234567890' : `30${searchParams.get('digit')}`;
      return Promise.resolve(new Response(`{"digit":1,"n":1,"count":${count}}`));
    });
  });

  it('answers an example at once, in a sentence', async () => {
    open('/counter');
    expect(await screen.findByText(/How often is the digit 7 written from 1 to/)).toHaveTextContent(
      '1 to 1,000?',
    );
    expect(screen.getByText('307')).toBeVisible();
  });

  it('answers what its address asks', async () => {
    open('/counter?digit=3&n=500');
    expect(await screen.findByText('303')).toBeVisible();
    expect(number()).toHaveValue('500');
    expect(screen.getByRole('radio', { name: '3' })).toBeChecked();
  });

  it('follows what is written, in its address too, and loses no digit of a long answer', async () => {
    open('/counter');
    fireEvent.change(number(), { target: { value: '1 000 000' } });
    fireEvent.click(screen.getByRole('radio', { name: '0' }));
    expect(await screen.findByText('90,071,992,547,409,931,234,567,890')).toBeVisible();
    expect(routes.state.location.search).toBe('?digit=0&n=1000000');
  });

  it('says what is no number, and keeps the last answer meanwhile', async () => {
    open('/counter');
    expect(await screen.findByText('307')).toBeVisible();
    fireEvent.change(number(), { target: { value: '-5' } });
    expect(screen.getByText('This has to be a whole number from 1 on.')).toBeVisible();
    expect(number()).toBeInvalid();
    expect(screen.getByText('307')).toBeVisible();
  });
});
