import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { uploadOf } from '@/features/upload/upload';
import { uploads } from '@/features/upload/uploads';
import { aPool } from '@/testing/aPool';
import { setPerson, presence } from '@/api/person';
import { aPerson } from '@/testing/aPerson';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

vi.mock('@/api/sendAsPerson', () => ({ sendAsPerson: (request: Request) => fetch(request) }));
vi.mock('@/api/cognito', () => ({ configure: vi.fn(), leave: () => Promise.resolve() }));

const anna = { sub: 'anna', email: 'anna@example.org', admin: false };
const me = {
  ...aPerson({ username: 'member_1' }),
  sub: 'anna',
  admin: false,
  username_chosen: false,
  pictures: 0,
  bytes: 0,
  review: 0,
  invitations: [],
};
const bea = aPerson({ username: 'bea', display_name: 'Bea', bio: 'Cats, mostly.', followers: 2, posts: 1 });
const done = () => new Response(null, { status: 204 });

function open(address: string, answers: Parameters<typeof serve>[1] = {}, more: object = {}) {
  const asked = serve(
    [],
    {
      'GET /api/me': () => me,
      'GET /api/users/bea': () => bea,
      'GET /api/posts': () => ({ posts: [], next_cursor: null }),
      ...answers,
    },
    { identity: aPool, ...more },
  );
  window.history.pushState(null, '', address);
  render(<App />);
  return asked;
}

const LONG = { timeout: 15_000 };

beforeEach(() => {
  vi.spyOn(window, 'scrollTo').mockReturnValue();
  setPerson(anna);
});

describe('a profile', () => {
  it('says who somebody is, and leads to the people around them', async () => {
    open('/people/bea', {
      'GET /api/users/bea/followers': () => ({
        users: [aPerson({ username: 'carl' })],
        next_cursor: null,
      }),
    });
    expect(await screen.findByRole('heading', { name: 'Bea' }, LONG)).toBeVisible();
    expect(screen.getByText('Cats, mostly.')).toBeVisible();
    expect(await screen.findByText('Bea has not posted anything yet')).toBeVisible();
    await userEvent.click(screen.getByRole('link', { name: '2 followers' }));
    const followers = await screen.findByRole('list', { name: 'Followers' });
    expect(within(followers).getByRole('link')).toHaveAttribute('href', '/people/carl');
  });

  it('counts a follower at once, and as the gallery counts as soon as that is known', async () => {
    let answer: (response: Response) => void = () => undefined;
    let followers = 2;
    open('/people/bea', {
      'GET /api/users/bea': () => ({ ...bea, followers, followed_by_me: followers > 2 }),
      'PUT /api/users/bea/follow': () => new Promise<Response>((resolve) => (answer = resolve)),
    });
    const button = await screen.findByRole('button', { name: 'Follow Bea' }, LONG);
    await userEvent.click(button);
    expect(button).toHaveAttribute('aria-pressed', 'true');
    expect(screen.getByRole('link', { name: '3 followers' })).toBeVisible();
    followers = 7;
    answer(done());
    expect(await screen.findByRole('link', { name: '7 followers' })).toBeVisible();
  });

  it('is as before where following did not come about, and says why', async () => {
    open('/people/bea', {
      'PUT /api/users/bea/follow': () => Response.json({ detail: 'Not now.' }, { status: 503 }),
    });
    const button = await screen.findByRole('button', { name: 'Follow Bea' }, LONG);
    await userEvent.click(button);
    expect(await screen.findByText('Not now.')).toBeVisible();
    expect(button).toHaveAttribute('aria-pressed', 'false');
    expect(screen.getByRole('link', { name: '2 followers' })).toBeVisible();
  });

  it('is one’s own under an address that needs no name, to be edited rather than followed', async () => {
    open('/people/me', { 'GET /api/users/member_1': () => aPerson({ username: 'member_1' }) });
    expect(await screen.findByRole('link', { name: 'Edit your profile' }, LONG)).toBeVisible();
    expect(window.location.pathname).toBe('/people/member_1');
    expect(screen.queryByRole('button', { name: /^Follow/ })).toBeNull();
    expect(screen.queryByRole('link', { name: 'In common' })).toBeNull();
  });

  it('says so where nobody has that name', async () => {
    open('/people/nobody');
    expect(await screen.findByRole('heading', { name: 'There is nobody of that name' }, LONG)).toBeVisible();
  });
});

describe('the page of one’s own account', () => {
  it('saves what one is called', async () => {
    const changes: unknown[] = [];
    let now = me;
    open('/account', {
      'GET /api/me': () => now,
      'PATCH /api/me': async (request) => {
        const change = (await request.json()) as Partial<typeof me>;
        changes.push(change);
        return (now = { ...now, ...change });
      },
    });
    await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }, LONG), '  Anna   B ');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved.')).toBeVisible();
    expect(changes).toEqual([{ display_name: 'Anna B', bio: null }]);
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
  });

  it('lets a username be chosen once, and says so before', async () => {
    let now = me;
    const asked = open('/account', {
      'GET /api/me': () => now,
      'PATCH /api/me': () => (now = { ...now, username: 'anna', username_chosen: true }),
    });
    await userEvent.type(await screen.findByRole('textbox', { name: 'Username' }, LONG), 'Anna');
    await userEvent.click(screen.getByRole('button', { name: 'Choose this username' }));
    const question = await screen.findByRole('dialog', { name: 'Be @anna from now on?' });
    expect(asked('PATCH /api/me')).toBe(0);
    await userEvent.click(within(question).getByRole('button', { name: 'Be @anna' }));
    expect(await screen.findByText('You are @anna. A username once chosen stays.')).toBeVisible();
  });

  it('says in the gallery’s words that a username is taken', async () => {
    open('/account', {
      'PATCH /api/me': () => Response.json({ detail: 'Somebody else has this name.' }, { status: 409 }),
    });
    await userEvent.type(await screen.findByRole('textbox', { name: 'Username' }, LONG), 'bea');
    await userEvent.click(screen.getByRole('button', { name: 'Choose this username' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Be @bea' }));
    expect(await screen.findByText('Somebody else has this name.')).toBeVisible();
  });

  it('says in bold what has to be saved before one erases it', async () => {
    open('/account');
    const bold = await screen.findByText(/^Save your originals before, and your data/, undefined, LONG);
    expect(bold.tagName).toBe('STRONG');
  });

  it('says what taking the originals away costs, then gathers them, then hands the files out', async () => {
    const size = 3_000_000_000;
    const answers = [
      Response.json({ status: 'pending', done: 20, of: 900 }, { status: 202 }),
      Response.json({ parts: [1, 2].map((n) => ({ url: `https://s3/gallery-${n}.zip?sig`, bytes: 1.5e9 })) }),
    ];
    const asked = open(
      '/account',
      {
        'GET /api/me': () => ({ ...me, pictures: 900, bytes: size }),
        'POST /api/me/export': () => answers.shift(),
      },
      { export_gb_dollars: 0.1 },
    );
    expect(await screen.findByText(/It costs the gallery about \$0\.30\.$/, undefined, LONG)).toBeVisible();
    expect(asked('POST /api/me/export')).toBe(0);
    await userEvent.click(screen.getByRole('button', { name: 'Gather my originals' }));
    expect(await screen.findByText(/^20 of 900 pictures gathered/)).toBeVisible();
    const link = await screen.findByRole('link', { name: 'File 2 of 2, 1.4 GB' }, LONG);
    expect(link).toHaveAttribute('href', 'https://s3/gallery-2.zip?sig');
  });

  it('is deleted only once its name was typed and the pictures were counted, and signs out', async () => {
    const asked = open('/account', {
      'DELETE /api/me': () => Response.json({ status: 'erasing' }, { status: 202 }),
    });
    const unsent = uploadOf(new File(['bytes'], 'dog.jpg'), 'refused', {
      owner: 'anna',
      visibility: 'private',
    });
    uploads.store.setState({ uploads: [{ ...unsent, state: { step: 'interrupted' } }] });
    await userEvent.click(await screen.findByRole('button', { name: 'Delete my account' }, LONG));
    const dialog = within(await screen.findByRole('dialog', { name: 'Delete your account?' }));
    const button = dialog.getByRole('button', { name: 'Delete everything' });
    await userEvent.type(dialog.getByRole('textbox'), 'member_{Enter}');
    expect(button).toBeDisabled();
    expect(asked('DELETE /api/me')).toBe(0);
    await userEvent.type(dialog.getByRole('textbox'), '1');
    await userEvent.click(button);
    expect(await dialog.findByText('This deletes 0 pictures for good.')).toBeVisible();
    expect(asked('DELETE /api/me')).toBe(0);
    await userEvent.click(dialog.getByRole('button', { name: 'Delete 0 pictures and my account' }));
    await waitFor(() => expect(presence.getState().person).toBeNull());
    await waitFor(() => expect(window.location.pathname).toBe('/'));
    expect(screen.getByText(/^Your account is closed/)).toBeVisible();
    expect(uploads.store.getState()).toMatchObject({ uploads: [], parked: [] });
  });

  it('is nobody’s where nobody is signed in', async () => {
    setPerson(null);
    const asked = open('/account');
    expect(await screen.findByRole('heading', { name: 'Account' }, LONG)).toBeVisible();
    expect(screen.getAllByRole('button', { name: 'Sign in' })).not.toHaveLength(0);
    expect(asked('GET /api/me')).toBe(0);
  });
});
