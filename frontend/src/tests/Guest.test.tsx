import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { createQueries } from '@/app/queries';
import { theme } from '@/app/theme';
import { Guest } from '@/features/guest/Guest';
import { serve } from '@/testing/aGallery';
import { aLink } from '@/testing/aLink';
import { anImage } from '@/testing/anImage';

const LINK = '/api/links/tok3n';
const dates = ['2024-07-14T16:20:05', '2024-07-01T09:00:00', '2023-01-02T00:00:00'];
const [ant, bee, cat] = ['ant', 'bee', 'cat'].map((title, index) =>
  anImage({
    id: `01KAGVQ2W3M8Y6Z5T4R7N9P0X${9 - index}`,
    title,
    taken_at: dates[index] ?? '',
    visibility: 'private',
  }),
) as [ReturnType<typeof anImage>, ReturnType<typeof anImage>, ReturnType<typeof anImage>];

const page = (images = [ant, bee, cat]) => ({ images, next_cursor: null });
const refuse = (status: number, detail: string) => Response.json({ detail }, { status });

function visit(answers: Parameters<typeof serve>[1]) {
  const calls = serve([], { [`GET ${LINK}/images`]: () => page(), ...answers });
  render(
    <MantineProvider theme={theme}>
      <QueryClientProvider client={createQueries()}>
        <Guest />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return calls;
}

beforeEach(() => {
  sessionStorage.clear();
  window.history.replaceState(null, '', '/a/tok3n');
});

describe('who has a link to an album', () => {
  const user = userEvent.setup();

  it('sees its title and its pictures by month, and asks as nobody', async () => {
    const asked: Request[] = [];
    visit({
      [`GET ${LINK}`]: (request) => {
        asked.push(request);
        return aLink({ album: { description: 'Wind and sand' } });
      },
    });
    expect(await screen.findByRole('heading', { level: 1, name: 'A week at the sea' })).toBeVisible();
    expect(screen.getByText('Wind and sand')).toBeVisible();
    const july = await screen.findByRole('region', { name: /July 2024/ });
    expect(
      within(july)
        .getAllByRole('button')
        .map(({ ariaLabel }) => ariaLabel),
    ).toEqual(['Open ant', 'Open bee']);
    expect(asked.map(({ credentials, headers }) => [credentials, headers.get('authorization')])).toEqual([
      ['omit', null],
    ]);
  });

  it('sees an order by hand as it is, without months', async () => {
    visit({ [`GET ${LINK}`]: () => aLink({ album: { order: 'manual' } }) });
    expect(await screen.findAllByRole('button', { name: /^Open / })).toHaveLength(3);
    expect(screen.queryByRole('heading', { level: 2 })).toBeNull();
  });

  it('opens a picture, turns by arrow key, and is back at its tile by Escape', async () => {
    visit({ [`GET ${LINK}`]: () => aLink() });
    const tile = await screen.findByRole('button', { name: 'Open bee' });
    await user.click(tile);
    expect(await screen.findByRole('img', { name: 'bee' })).toBeInTheDocument();
    await user.keyboard('{ArrowRight}');
    expect(await screen.findByRole('img', { name: 'cat' })).toBeInTheDocument();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(tile).toHaveFocus());
  });

  it('is asked for a password, told when it is wrong, and spared it the next time', async () => {
    const sent: (string | null)[] = [];
    visit({
      [`GET ${LINK}`]: ({ headers }) => {
        const password = headers.get('x-link-password');
        if (password === null) return refuse(401, 'This link has a password.');
        sent.push(password);
        return password === encodeURIComponent('Übermut')
          ? aLink({ access: 'signed' })
          : refuse(401, 'Wrong password.');
      },
      [`GET ${LINK}/images`]: ({ headers }) =>
        headers.get('x-link-access') === 'signed' ? page() : refuse(401, 'This link has a password.'),
    });
    await user.type(await screen.findByLabelText('Password'), 'wrong{Enter}');
    expect(await screen.findByText('Wrong password.')).toBeVisible();
    await user.clear(screen.getByLabelText('Password'));
    await user.type(screen.getByLabelText('Password'), 'Übermut{Enter}');
    expect(await screen.findByRole('button', { name: 'Open ant' })).toBeVisible();
    expect(sent).toEqual(['wrong', '%C3%9Cbermut']);
  });

  it('is told that the link has ended', async () => {
    visit({ [`GET ${LINK}`]: () => refuse(404, 'No such link.') });
    expect(await screen.findByRole('alert')).toHaveTextContent('This link opens nothing any more');
  });

  it('is told so where it ends after the page was opened', async () => {
    visit({ [`GET ${LINK}`]: () => aLink(), [`GET ${LINK}/images`]: () => refuse(404, 'No such link.') });
    expect(await screen.findByRole('alert')).toHaveTextContent('This link opens nothing any more');
    expect(screen.queryByText('A week at the sea')).toBeNull();
  });

  it('is told in words to wait after too many tries', async () => {
    visit({
      [`GET ${LINK}`]: ({ headers }) =>
        headers.has('x-link-password') ? refuse(429, 'Too many wrong passwords.') : refuse(401, 'Password.'),
    });
    await user.type(await screen.findByLabelText('Password'), 'x{Enter}');
    expect(await screen.findByText('Too many wrong passwords.')).toBeVisible();
  });

  it('saves a picture only where the link allows it', async () => {
    visit({ [`GET ${LINK}`]: () => aLink({ downloads: 'none' }) });
    await user.click(await screen.findByRole('button', { name: 'Open ant' }));
    await screen.findByRole('img', { name: 'ant' });
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });
});
