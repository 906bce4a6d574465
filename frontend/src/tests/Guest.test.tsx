import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
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
    expect(screen.getByRole('heading', { level: 1 })).toHaveFocus();
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
    expect(screen.queryByRole('button', { name: 'Download all', hidden: true })).toBeNull();
  });

  it('saves all pictures in one archive, each address asked for just before and renewed once', async () => {
    const written: Uint8Array[] = [];
    const writable = () => new WritableStream<Uint8Array>({ write: (piece) => void written.push(piece) });
    const picker = vi.fn(() => Promise.resolve({ createWritable: () => Promise.resolve(writable()) }));
    vi.stubGlobal('showSaveFilePicker', picker);
    let asked = 0;
    const calls = visit({
      [`GET ${LINK}`]: () => aLink(),
      ...Object.fromEntries(
        [ant, bee, cat].map(({ id, title }) => [
          `GET ${LINK}/images/${id}/download`,
          () => ({
            url: `${window.location.origin}/stored/${title ?? ''}/${++asked}`,
            filename: `${title ?? ''}.jpg`,
          }),
        ]),
      ),
      'GET /stored/ant/1': () => new Response('expired', { status: 403 }),
      'GET /stored/ant/2': () => new Response('of ant'),
      'GET /stored/bee/3': () => new Response('of bee'),
      'GET /stored/cat/4': () => new Response(null, { status: 404 }),
    });
    await user.click(await screen.findByRole('button', { name: 'Download all' }));
    await user.click(await screen.findByRole('button', { name: 'Save 3 pictures as a ZIP file' }));
    expect(await screen.findByText('All is saved.')).toBeVisible();
    expect(document.activeElement).not.toBe(document.body);
    expect(screen.getByRole('list', { name: 'Left out' })).toHaveTextContent(/^cat: /);
    expect(picker).toHaveBeenCalledWith({ suggestedName: 'A week at the sea.zip' });
    const archive = written.map((piece) => new TextDecoder().decode(piece)).join('');
    expect(archive).toMatch(/ant\.jpg[^]*of ant[^]*bee\.jpg[^]*of bee/);
    expect(archive).not.toContain('expired');
    expect(calls('GET /stored/ant/2')).toBe(1);
  });

  it('reports a picture to the owner', async () => {
    let reason: unknown;
    visit({
      [`GET ${LINK}`]: () => aLink(),
      [`POST ${LINK}/images/${ant.id}/report`]: async (request) => {
        reason = await request.json();
        return Response.json({ status: 'noted' }, { status: 202 });
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Open ant' }));
    await user.click(await screen.findByRole('button', { name: 'Report' }));
    await user.type(await screen.findByLabelText(/Why should it not be shown/), 'I am on it');
    await user.click(
      within(screen.getByRole('dialog', { name: /Report/ })).getByRole('button', { name: 'Report' }),
    );
    expect(await screen.findByText(/owner will look at it/)).toBeVisible();
    expect(reason).toEqual({ reason: 'I am on it' });
  });
});

describe('a guest who adds', () => {
  const user = userEvent.setup({ applyAccept: false });
  const ready = (id: string) => ({
    status: 'ready',
    image_id: id,
    url: 'https://storage.test/',
    fields: {},
    expires_at: '',
  });

  /** Lets the storage take every file. */
  class Storage extends EventTarget {
    readonly upload = new EventTarget();
    readonly status = 204;
    readonly responseText = '';
    open() {}
    abort() {}
    send() {
      this.dispatchEvent(new Event('load'));
    }
  }

  it('is told beforehand what is taken, signs, and takes one back', async () => {
    vi.stubGlobal('XMLHttpRequest', Storage);
    const sent: { name: string | null; visit: string | null; files: string[] }[] = [];
    let own = [{ ...bee, title: 'mine' }];
    const deleted: (string | null)[] = [];
    visit({
      [`GET ${LINK}`]: () => aLink({ mode: 'view_and_add' }),
      [`GET ${LINK}/images`]: ({ url, headers }) =>
        new URL(url).searchParams.get('mine') === 'true'
          ? page(headers.get('x-visit') === 's3cret' ? own : [])
          : page([ant]),
      [`POST ${LINK}/uploads`]: async (request) => {
        const body = (await request.json()) as { files: { name: string }[]; guest_name: string | null };
        sent.push({
          name: body.guest_name,
          visit: request.headers.get('x-visit'),
          files: body.files.map(({ name }) => name),
        });
        const [first] = body.files;
        const uploads = [
          ready(bee.id),
          { status: 'rejected', code: 'too_large', detail: `${first?.name ?? ''} is twice there.` },
        ];
        return Response.json(
          { uploads: uploads.slice(0, body.files.length), visit: 's3cret' },
          { status: 201 },
        );
      },
      [`DELETE ${LINK}/images/${bee.id}`]: ({ headers }) => {
        deleted.push(headers.get('x-visit'));
        own = [];
        return new Response(null, { status: 204 });
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Add yours' }));
    expect(document.activeElement).not.toBe(document.body);
    expect(await screen.findByText(/Films are not/)).toBeVisible();
    await user.type(screen.getByLabelText('Your name'), ' Aunt Olga ');
    const chosen = document.querySelector<HTMLInputElement>('input[type=file]');
    if (!chosen) throw new Error('There is nothing to choose with.');
    const film = new File(['film'], 'dance.mp4', { type: 'video/mp4' });
    await user.upload(chosen, [new File(['a'], 'a.jpg', { type: 'image/jpeg' }), film]);
    expect(await screen.findByText('1 of 1 added, 1 not taken.')).toBeVisible();
    expect(screen.getByRole('list', { name: 'Not taken' })).toHaveTextContent(/dance\.mp4.*video\/mp4/);
    expect(sent).toEqual([{ name: 'Aunt Olga', visit: null, files: ['a.jpg'] }]);
    await user.click(await screen.findByRole('button', { name: 'Open mine' }));
    await user.click(await screen.findByRole('button', { name: 'Take back' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Open mine' })).toBeNull());
    expect(deleted).toEqual(['s3cret']);
    await waitFor(() => expect(document.activeElement).not.toBe(document.body));
  });

  it('is told in words that the hour is full, and sends nothing', async () => {
    visit({
      [`GET ${LINK}`]: () => aLink({ mode: 'add_only' }),
      [`POST ${LINK}/uploads`]: () => refuse(429, 'Too many files this hour.'),
    });
    await user.click(await screen.findByRole('button', { name: 'Add yours' }));
    await screen.findByText(/Films are not/);
    const chosen = document.querySelector<HTMLInputElement>('input[type=file]');
    if (!chosen) throw new Error('There is nothing to choose with.');
    await user.upload(chosen, new File(['a'], 'a.jpg', { type: 'image/jpeg' }));
    expect(await screen.findByText(/Too many files this hour/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Open / })).toBeNull();
  });
});
