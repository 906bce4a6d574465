import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AlbumLink, Image } from '@/api/types';
import { aPool } from '@/testing/aPool';
import { setPerson } from '@/api/person';
import { anAlbum } from '@/testing/anAlbum';
import { anImage } from '@/testing/anImage';
import { aPerson } from '@/testing/aPerson';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';
import { reordered } from '@/shared/albums/reorder';

vi.mock('@/api/sendAsPerson', () => ({ sendAsPerson: (request: Request) => fetch(request) }));
vi.mock('@/api/cognito', () => ({ configure: vi.fn(), leave: () => Promise.resolve() }));

const me = { sub: 'anna', username: 'anna', review: 0, invitations: [] };
const album = anAlbum({ count: 3, from: '2024-07-14', to: '2024-07-20', description: 'Wind and waves.' });
const pictures = ['ant', 'bee', 'cat'].map((title, turn) =>
  anImage({ id: `01KAGVQ2W3M8Y6Z5T4R7N9P0X${turn}`, title, owner: 'anna', visibility: 'private' }),
);
const LONG = { timeout: 30_000 };
const user = userEvent.setup();

/** Answers a batch as the gallery does: each picture done but those that are refused. */
async function batch(request: Request, refused: Record<string, string> = {}) {
  const { ids } = (await request.clone().json()) as { ids: string[] };
  return {
    results: ids.map((id) => ({ id, status: refused[id] ? 403 : 200, detail: refused[id] ?? null })),
  };
}

function open(address: string, answers: Parameters<typeof serve>[1] = {}, images: Image[] = pictures) {
  const asked = serve(
    images,
    {
      'GET /api/me': () => me,
      'GET /api/albums': (request) => ({
        albums: new URL(request.url).searchParams.get('owner') === 'me' ? [album] : [],
        next_cursor: null,
      }),
      [`GET /api/albums/${album.id}`]: () => album,
      ...answers,
    },
    { identity: aPool },
  );
  window.history.pushState(null, '', address);
  render(<App />);
  return asked;
}

const select = async (name: string) =>
  user.click(await screen.findByRole('checkbox', { name: `Select ${name}` }, LONG));
const act = async (name: string) => user.click(await screen.findByRole('button', { name }, LONG));

beforeEach(() => {
  vi.spyOn(window, 'scrollTo').mockReturnValue();
  localStorage.clear();
  setPerson({ sub: 'anna', email: 'anna@example.org', admin: false });
});

describe('the page of all albums', () => {
  it('has one’s own, those that one was let into, and public ones', async () => {
    const bea = { username: 'bea', display_name: 'Bea' };
    open('/albums', {
      'GET /api/albums': (request) => ({
        albums:
          new URL(request.url).searchParams.get('owner') === 'me'
            ? [album]
            : [
                anAlbum({ id: 'B', title: 'Hers', role: 'viewer', owner_name: bea }),
                anAlbum({ id: 'C', title: 'Anybody’s', role: null, owner_name: bea }),
              ],
        next_cursor: null,
      }),
    });
    const titles = async (name: string) =>
      within(await screen.findByRole('list', { name }, LONG))
        .getAllByRole('link')
        .map((link) => link.getAttribute('href'));
    expect(await titles('Your albums')).toEqual([`/albums/${album.id}`]);
    expect(await titles('Albums shared with you')).toEqual(['/albums/B']);
    expect(await titles('Public albums')).toEqual(['/albums/C']);
  });

  it('leads to a new album as soon as it has a name', async () => {
    const made = anAlbum({ id: 'NEW', title: 'Winter' });
    const bodies: unknown[] = [];
    open(
      '/albums',
      {
        'POST /api/albums': async (request) => (bodies.push(await request.clone().json()), made),
        'GET /api/albums/NEW': () => made,
      },
      [],
    );
    await user.type(await screen.findByRole('textbox', { name: 'New album' }, LONG), '  Winter {Enter}');
    expect(await screen.findByRole('heading', { name: 'Winter' }, LONG)).toBeVisible();
    expect(window.location.pathname).toBe('/albums/NEW');
    expect(bodies).toEqual([{ title: 'Winter', visibility: 'private', order: 'taken' }]);
  });
});

describe('an album', () => {
  it('says when it is of, and shows its pictures in the order of the gallery', async () => {
    const lists: string[] = [];
    open(`/albums/${album.id}`, {
      'GET /api/images': ({ url }) => {
        lists.push(new URL(url).searchParams.get('album') ?? '');
        return { images: [pictures[1], pictures[2], pictures[0]], next_cursor: null };
      },
    });
    expect(await screen.findByRole('heading', { name: 'By the sea' }, LONG)).toBeVisible();
    expect(screen.getByText(/3 pictures · .*14.*20, 2024/)).toBeVisible();
    expect(screen.getByText('Wind and waves.')).toBeVisible();
    const grid = await screen.findByRole('list', { name: 'Pictures' });
    expect(
      within(grid)
        .getAllByRole('link')
        .map((link) => link.getAttribute('href')),
    ).toEqual([1, 2, 0].map((turn) => `/images/${pictures[turn]?.id}?album=${album.id}`));
    expect(lists).toEqual([album.id]);
  });

  it('comes back beneath a picture that is closed', async () => {
    open(`/albums/${album.id}`);
    await user.click(await screen.findByRole('link', { name: /^bee/ }, LONG));
    expect(await screen.findByRole('dialog', { name: 'bee' }, LONG)).toBeInTheDocument();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(window.location.pathname).toBe(`/albums/${album.id}`));
    expect(await screen.findByRole('heading', { name: 'By the sea' })).toBeVisible();
  });

  it('lets pictures be taken out, and put back', async () => {
    const changes: unknown[] = [];
    open(`/albums/${album.id}`, {
      'POST /api/images/batch': async (request) => {
        changes.push(await request.clone().json());
        return batch(request);
      },
    });
    await select('bee');
    await act('Take out of the album');
    expect(await screen.findByText(/1 picture taken out of “.By the sea.”\./, undefined, LONG)).toBeVisible();
    await act('Undo');
    await waitFor(() => expect(changes).toHaveLength(2));
    const ids = [pictures[1]?.id];
    expect(changes).toEqual([
      { action: 'album_remove', album: album.id, ids },
      { action: 'album_add', album: album.id, ids },
    ]);
  });

  it('is edited on the version that is shown, and says why it was not', async () => {
    const sent: (string | null)[] = [];
    let now = album;
    open(`/albums/${album.id}`, {
      [`GET /api/albums/${album.id}`]: () => now,
      [`PATCH /api/albums/${album.id}`]: async (request) => {
        sent.push(request.headers.get('if-match'));
        if (sent.length === 1) {
          now = { ...album, version: 7 };
          return Response.json({ detail: 'It has changed meanwhile.' }, { status: 412 });
        }
        const change = (await request.clone().json()) as Partial<typeof album>;
        return (now = { ...now, ...change, version: 8 });
      },
    });
    await act('Edit');
    const title = await screen.findByRole('textbox', { name: 'Title' }, LONG);
    await user.clear(title);
    await user.type(title, 'At sea');
    await act('Save');
    expect(await screen.findByText('It has changed meanwhile.')).toBeVisible();
    await waitFor(async () => {
      await user.click(screen.getByRole('button', { name: 'Save' }));
      expect(sent.at(-1)).toBe('"7"');
    });
    expect(await screen.findByRole('heading', { name: 'At sea' }, LONG)).toBeVisible();
    expect(sent[0]).toBe('"3"');
  });

  it('goes only when that was confirmed, says that its pictures stay, and leaves the focus on the page', async () => {
    const asked = open(`/albums/${album.id}`, {
      [`DELETE /api/albums/${album.id}`]: () => new Response(null, { status: 204 }),
    });
    await act('Delete');
    const question = await screen.findByRole('dialog', { name: /^Delete “.By the sea.”\?$/ }, LONG);
    await waitFor(() => expect(within(question).getByText(/Its pictures stay/)).toBeVisible());
    expect(asked(`DELETE /api/albums/${album.id}`)).toBe(0);
    await user.click(within(question).getByRole('button', { name: 'Delete the album' }));
    await waitFor(() => expect(window.location.pathname).toBe('/albums'));
    await waitFor(() => expect(document.activeElement?.id).toBe('content'));
  });

  it('that is ordered by hand begins with what is moved to its front', async () => {
    const bodies: unknown[] = [];
    open(`/albums/${album.id}`, {
      [`GET /api/albums/${album.id}`]: () => ({ ...album, order: 'manual' }),
      [`POST /api/albums/${album.id}/order`]: async (request) => {
        bodies.push(await request.clone().json());
        return batch(request);
      },
    });
    await select('bee');
    await select('cat');
    await act('Move to the front');
    expect(await screen.findByText('2 pictures moved to the front.', undefined, LONG)).toBeVisible();
    expect(bodies).toEqual([{ ids: [pictures[1]?.id, pictures[2]?.id], after: null }]);
  });

  it('that is ordered by hand is ordered by keys and by the mouse, and shows that at once', async () => {
    const bodies: unknown[] = [];
    let order = pictures.map(({ id }) => id);
    open(`/albums/${album.id}`, {
      [`GET /api/albums/${album.id}`]: () => ({ ...album, order: 'manual' }),
      'GET /api/images': () => ({
        images: order.flatMap((id) => pictures.filter((image) => image.id === id)),
        next_cursor: null,
      }),
      [`POST /api/albums/${album.id}/order`]: async (request) => {
        const body = (await request.clone().json()) as { ids: string[]; after: string | null };
        bodies.push(body);
        order = reordered(
          order.map((id) => ({ id })),
          body.ids,
          body.after,
        ).map(({ id }) => id);
        return batch(request);
      },
    });
    const [ant, bee, cat] = order;
    const grid = within(await screen.findByRole('list', { name: 'Pictures' }, LONG));
    const shown = () => grid.getAllByRole('link').map((link) => link.getAttribute('data-image'));
    const at = (id: string | undefined) =>
      grid.getAllByRole('link').find((link) => link.dataset.image === id) ?? document.body;
    at(bee).focus();
    fireEvent.keyDown(at(bee), { key: 'ArrowLeft', altKey: true });
    await waitFor(() => expect(shown()).toEqual([bee, ant, cat]));
    await waitFor(() => expect(at(bee)).toHaveFocus());
    fireEvent.keyDown(at(bee), { key: 'ArrowLeft', altKey: true });
    const dataTransfer = { effectAllowed: '', types: [] };
    fireEvent.dragStart(at(cat), { dataTransfer });
    fireEvent.dragOver(at(bee), { dataTransfer, clientX: -1 });
    fireEvent.drop(at(bee), { dataTransfer, clientX: -1 });
    await waitFor(() => expect(shown()).toEqual([cat, bee, ant]));
    await waitFor(() => expect(bodies).toHaveLength(2));
    expect(bodies).toEqual([
      { ids: [bee], after: null },
      { ids: [cat], after: null },
    ]);
  });

  it('goes back to its order where a picture could not be moved', async () => {
    open(`/albums/${album.id}`, {
      [`GET /api/albums/${album.id}`]: () => ({ ...album, order: 'manual' }),
      [`POST /api/albums/${album.id}/order`]: () =>
        Response.json({ detail: 'This album is in the order taken.' }, { status: 409 }),
    });
    const grid = within(await screen.findByRole('list', { name: 'Pictures' }, LONG));
    const shown = () => grid.getAllByRole('link').map((link) => link.getAttribute('data-image'));
    const before = shown();
    fireEvent.keyDown(grid.getAllByRole('link')[0] ?? document.body, { key: 'ArrowRight', altKey: true });
    expect(await screen.findByText('This album is in the order taken.', undefined, LONG)).toBeVisible();
    await waitFor(() => expect(shown()).toEqual(before));
  });

  it('that is ordered by date has its months, and only then', async () => {
    const dated = pictures.map((image, turn) => ({ ...image, taken_at: `2024-0${7 - turn}-14T10:00:00` }));
    const asked: (string | null)[] = [];
    const timeline = ({ url }: Request) => {
      asked.push(new URL(url).searchParams.get('album'));
      return {
        months: ['07', '06', '05'].map((month) => ({ month: `2024-${month}`, count: 1 })),
      };
    };
    open(`/albums/${album.id}`, { 'GET /api/timeline': timeline }, dated);
    const june = within(await screen.findByRole('region', { name: 'June 2024' }, LONG));
    expect(await june.findByRole('link', { name: /^bee/ })).toBeVisible();
    expect(screen.getByRole('heading', { name: 'May 2024', level: 2 })).toBeVisible();
    expect(new Set(asked)).toEqual(new Set([album.id]));
  });

  it('offers nothing of its owner’s to who may only look', async () => {
    open(`/albums/${album.id}`, {
      [`GET /api/albums/${album.id}`]: () => ({ ...album, owner: 'bea', role: 'viewer', pending: null }),
    });
    await screen.findByRole('heading', { name: 'By the sea' }, LONG);
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
  });

  it('says so where there is none', async () => {
    open('/albums/NONE');
    expect(
      await screen.findByRole('heading', { name: 'This album could not be opened' }, LONG),
    ).toBeVisible();
  });
});

describe('adding to an album', () => {
  it('takes two clicks from a choice in the grid, and says what was not added', async () => {
    open('/?owner=anna', {
      'POST /api/images/batch': (request) =>
        batch(request, { [pictures[2]?.id ?? '']: 'It is in 50 albums already.' }),
    });
    await select('ant');
    await select('cat');
    await act('Add to album');
    const list = await screen.findByRole('list', { name: 'Your albums' }, LONG);
    await user.click(await within(list).findByRole('button', { name: /By the sea/ }));
    expect(await screen.findByText('1 picture not added', undefined, LONG)).toBeVisible();
    expect(
      screen.getByText(/1 picture is now in “.By the sea.”\. “.cat.”: It is in 50 albums already\./),
    ).toBeVisible();
  });

  it('sends a hundred in a call', async () => {
    const many = Array.from({ length: 130 }, (_, turn) =>
      anImage({
        id: `01KAGVQ2W3M8Y6Z5T4R7N9P${String(turn).padStart(3, '0')}`,
        title: `t${turn}`,
        owner: 'anna',
      }),
    );
    const sizes: number[] = [];
    open(
      '/?view=grid',
      {
        'POST /api/images/batch': async (request) => {
          const answer = await batch(request);
          sizes.push(answer.results.length);
          return answer;
        },
      },
      many,
    );
    await screen.findByRole('list', { name: 'Pictures' }, LONG);
    await user.keyboard('{Control>}a{/Control}');
    await act('Add to album');
    await user.click(await screen.findByRole('button', { name: /By the sea/ }, LONG));
    expect(await screen.findByText(/130 pictures are now in/, undefined, LONG)).toBeVisible();
    expect(sizes).toEqual([100, 30]);
  });

  it('is not offered for what is somebody else’s', async () => {
    open('/?view=grid', {}, [anImage({ id: '01KAGVQ2W3M8Y6Z5T4R7N9P0X9', title: 'dog', owner: 'bea' })]);
    await select('dog');
    await screen.findByRole('button', { name: 'Download as ZIP' }, LONG);
    expect(screen.queryByRole('button', { name: 'Add to album' })).toBeNull();
  });
});

const link: AlbumLink = {
  link_id: 'L1',
  name: 'The family',
  mode: 'view_and_add',
  downloads: 'none',
  place: false,
  review: true,
  has_password: true,
  expires_at: null,
  max_pictures: 500,
  max_bytes: 5_000_000_000,
  opened: 12,
  added: 3,
  created_at: '2026-11-20T10:11:12Z',
};
const url = 'https://gallery.example.org/a/9sXr2LwqT1m0aYV3kQ8ZbA';
const fresh: AlbumLink = { ...link, link_id: 'L2', name: null, has_password: false, opened: 0, added: 0 };
const room = { max_pictures: 500, max_bytes: 5_000_000_000 };
const made = { ...fresh, url, token: '9sXr2LwqT1m0aYV3kQ8ZbA' };

describe('sharing by a link', () => {
  it('takes three clicks from a choice in the grid to a copied link', async () => {
    const album2 = anAlbum({ id: 'NEW', title: 'November 20, 2026' });
    const bodies: unknown[] = [];
    const asked = open('/?owner=anna', {
      'POST /api/albums': async (request) => (bodies.push(await request.clone().json()), album2),
      'POST /api/images/batch': (request) => batch(request),
      'POST /api/albums/NEW/links': async (request) => (bodies.push(await request.clone().json()), made),
    });
    await select('ant');
    await act('Share');
    await act('Make the link');
    expect(await screen.findByRole('textbox', { name: 'The link' }, LONG)).toHaveValue(url);
    expect(screen.getByText(/shown only once/)).toBeVisible();
    const copy = screen.getByRole('button', { name: 'Copy the link' });
    expect(copy).toHaveFocus();
    await user.click(copy);
    expect(await screen.findByText('Copied.')).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe(url);
    expect(bodies).toEqual([
      { title: 'November 20, 2026', visibility: 'private', order: 'taken' },
      { mode: 'view', downloads: 'renditions', place: false, review: true, expires_in: 2_592_000, ...room },
    ]);
    expect(asked('POST /api/images/batch')).toBe(1);
  });

  it('goes on with the album that was made where the link was not', async () => {
    let attempts = 0;
    const asked = open('/?owner=anna', {
      'POST /api/albums': () => anAlbum({ id: 'NEW' }),
      'POST /api/images/batch': (request) => batch(request),
      'POST /api/albums/NEW/links': () =>
        (attempts += 1) === 1 ? Response.json({ detail: 'Not now.' }, { status: 503 }) : made,
    });
    await select('ant');
    await act('Share');
    await act('Make the link');
    expect(await screen.findByText('Not now.', undefined, LONG)).toBeVisible();
    await act('Make the link');
    expect(await screen.findByRole('textbox', { name: 'The link' }, LONG)).toBeVisible();
    expect(asked('POST /api/albums')).toBe(1);
  });

  it('says how links are used, and replaces one by a new one like it before it ends', async () => {
    let links = [link];
    const calls: unknown[] = [];
    open(`/albums/${album.id}`, {
      [`GET /api/albums/${album.id}/links`]: () => ({ links }),
      [`POST /api/albums/${album.id}/links`]: async (request) => {
        calls.push(await request.clone().json());
        links = [link, fresh];
        return made;
      },
      [`DELETE /api/albums/${album.id}/links/L1`]: () => {
        calls.push('ended');
        links = [fresh];
        return new Response(null, { status: 204 });
      },
    });
    await act('Share');
    expect(
      await screen.findByText('opened 12 times · 3 added · no end · with a password', undefined, LONG),
    ).toBeVisible();
    await act('Replace: The family');
    expect(screen.getByLabelText('Whoever has the link can')).toHaveFocus();
    expect(screen.getByText(/The link before had one, which is not kept/)).toBeVisible();
    await user.type(screen.getByLabelText('Password'), 'by the sea');
    await act('Replace the link');
    expect(await screen.findByRole('textbox', { name: 'The link' }, LONG)).toHaveValue(url);
    expect(calls).toEqual([
      {
        mode: 'view_and_add',
        downloads: 'none',
        place: false,
        review: true,
        password: 'by the sea',
        name: 'The family',
        ...room,
      },
      'ended',
    ]);
    await waitFor(() => expect(screen.queryByText('The family')).toBeNull());
    await act('QR code');
    expect(await screen.findByRole('img', { name: 'QR code of the link to By the sea' }, LONG)).toBeVisible();
    await act('Make another link');
    expect(screen.getByLabelText('Whoever has the link can')).toHaveFocus();
  });

  it('changes a link: what is not chosen anew stays, and what is emptied goes', async () => {
    const bodies: unknown[] = [];
    open(`/albums/${album.id}`, {
      [`GET /api/albums/${album.id}/links`]: () => ({ links: [link] }),
      [`PATCH /api/albums/${album.id}/links/L1`]: async (request) => {
        bodies.push(await request.clone().json());
        return link;
      },
    });
    await act('Share');
    await act('Change: The family');
    await user.selectOptions(screen.getByLabelText('Whoever has the link can'), 'view');
    await act('Change the link');
    await waitFor(() => expect(bodies).toHaveLength(1));
    expect(screen.getByRole('list', { name: 'Links' }).parentElement).toHaveFocus();
    const kept = { downloads: 'none', place: false, review: true, ...room };
    expect(bodies[0]).toEqual({ ...kept, mode: 'view', name: 'The family' });
    await act('Change: The family');
    await user.selectOptions(screen.getByLabelText('It works for'), 'Until you end it');
    await user.click(screen.getByRole('checkbox', { name: 'It opens without a password' }));
    await user.click(screen.getByRole('checkbox', { name: 'They learn where your pictures were taken' }));
    await user.clear(screen.getByLabelText('Name of the link'));
    await act('Change the link');
    await waitFor(() => expect(bodies).toHaveLength(2));
    expect(bodies[1]).toEqual({
      ...kept,
      place: true,
      mode: 'view_and_add',
      expires_in: null,
      password: null,
      name: null,
    });
  });

  it('ends a link, and leaves the focus in the list', async () => {
    open(`/albums/${album.id}`, {
      [`GET /api/albums/${album.id}/links`]: () => ({ links: [link] }),
      [`DELETE /api/albums/${album.id}/links/L1`]: () => new Response(null, { status: 204 }),
    });
    await act('Share');
    await act('End: The family');
    expect(await screen.findByText('No link opens this album at present.', undefined, LONG)).toBeVisible();
    expect(document.body).not.toHaveFocus();
  });
});

describe('the people of an album', () => {
  it('are invited by name, as what they are to be', async () => {
    const people = [{ person: { username: 'anna', display_name: 'Anna' }, role: 'owner', status: 'member' }];
    const bodies: unknown[] = [];
    open(`/albums/${album.id}`, {
      [`GET /api/albums/${album.id}/people`]: () => ({ people }),
      [`PUT /api/albums/${album.id}/people/bea`]: async (request) => {
        bodies.push(await request.clone().json());
        people.push({
          person: { username: 'bea', display_name: 'Bea' },
          role: 'contributor',
          status: 'invited',
        });
        return new Response(null, { status: 204 });
      },
    });
    await act('People');
    await user.selectOptions(
      await screen.findByLabelText('What they can do', undefined, LONG),
      'contributor',
    );
    await user.type(screen.getByRole('combobox', { name: 'Username' }), '@Bea{Enter}');
    const list = await screen.findByRole('list', { name: 'People' });
    expect(await within(list).findByText('asked', undefined, LONG)).toBeVisible();
    expect(bodies).toEqual([{ role: 'contributor' }]);
  });

  it('are suggested by the beginning of their names', async () => {
    const queries: (string | null)[] = [];
    open(`/albums/${album.id}`, {
      [`GET /api/albums/${album.id}/people`]: () => ({ people: [] }),
      'GET /api/users': ({ url }) => {
        queries.push(new URL(url).searchParams.get('query'));
        return { users: [{ username: 'bea_42', display_name: 'Olga' }] };
      },
    });
    await act('People');
    const field = await screen.findByLabelText('Username', { selector: 'input' }, LONG);
    await user.type(field, 'ol');
    await screen.findByRole('option', { name: /@bea_42/, hidden: true }, LONG);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(field).toHaveValue('bea_42');
    expect(queries[0]).toBe('ol');
  });

  it('accept an invitation on the page of albums, and the count of it goes', async () => {
    let invitations = [
      { album_id: 'B', title: 'Hers', role: 'viewer', owner: { username: 'bea', display_name: 'Bea' } },
    ];
    open('/albums', {
      'GET /api/me': () => ({ ...me, invitations }),
      'PUT /api/albums/B/people/me': () => {
        invitations = [];
        return new Response(null, { status: 204 });
      },
    });
    expect(
      await screen.findByRole('button', { name: 'Account of anna@example.org, 1 invitation' }, LONG),
    ).toBeVisible();
    await act('Accept: Hers');
    expect(await screen.findByRole('button', { name: 'Account of anna@example.org' }, LONG)).toBeVisible();
    expect(screen.queryByText('Hers')).toBeNull();
    expect(document.body).not.toHaveFocus();
  });
});

describe('a profile', () => {
  it('has the public albums of that person', async () => {
    const owners: (string | null)[] = [];
    open('/people/bea/albums', {
      'GET /api/users/bea': () => aPerson({ username: 'bea', display_name: 'Bea' }),
      'GET /api/albums': ({ url }) => {
        owners.push(new URL(url).searchParams.get('owner'));
        return { albums: [anAlbum({ id: 'C', title: 'Hers', role: null })], next_cursor: null };
      },
    });
    const list = await screen.findByRole('list', { name: 'Albums of Bea' }, LONG);
    expect(within(list).getByRole('link')).toHaveAttribute('href', '/albums/C');
    expect(owners).toEqual(['bea']);
  });
});

describe('what guests added', () => {
  it('may be reported, which the owner reads above the album', async () => {
    const image_id = pictures[1]?.id ?? '';
    open(`/albums/${album.id}`, {
      [`GET /api/albums/${album.id}`]: () => ({
        ...album,
        reports: [{ image_id, reason: 'I am on it.' }],
      }),
    });
    const reports = await screen.findByRole('list', { name: 'Reports of guests' }, LONG);
    expect(within(reports).getByRole('link', { name: 'I am on it.' })).toHaveAttribute(
      'href',
      `/images/${image_id}?album=${album.id}`,
    );
  });

  it('is accepted or rejected, many at once, and counted in the account menu', async () => {
    const waiting = pictures.map((image) => ({
      ...image,
      albums: [album.id],
      guest_name: 'Aunt Olga',
      review: 'pending' as const,
    }));
    const bodies: unknown[] = [];
    open(
      '/?show=review',
      {
        'GET /api/me': () => ({ ...me, review: 3 }),
        [`POST /api/albums/${album.id}/review`]: async (request) => {
          const body = (await request.clone().json()) as { accept: string[]; reject: string[] };
          bodies.push(body);
          return {
            results: [...body.accept, ...body.reject].map((id) => ({ id, status: 200, detail: null })),
          };
        },
      },
      waiting,
    );
    expect(
      await screen.findByRole(
        'button',
        { name: 'Account of anna@example.org, 3 from guests to review' },
        LONG,
      ),
    ).toBeVisible();
    await select('ant');
    await select('bee');
    expect(screen.getAllByText('Aunt Olga')).toHaveLength(3);
    await act('Accept');
    expect(await screen.findByText('2 pictures accepted.', undefined, LONG)).toBeVisible();
    await act('Select none');
    await select('cat');
    await act('Reject');
    expect(
      await screen.findByText('1 picture rejected, and in the trash for 30 days.', undefined, LONG),
    ).toBeVisible();
    const [ant, bee, cat] = waiting.map(({ id }) => id);
    expect(bodies).toEqual([
      { accept: [ant, bee], reject: [] },
      { accept: [], reject: [cat] },
    ]);
  });
});
