import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Post } from '@/api/types';
import { aPost } from '@/testing/aPost';
import { aPool } from '@/testing/aPool';
import { setPerson } from '@/api/person';
import { aPerson } from '@/testing/aPerson';
import { anImage } from '@/testing/anImage';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

vi.mock('@/api/sendAsPerson', () => ({ sendAsPerson: (request: Request) => fetch(request) }));

const anna = { sub: 'anna', email: 'anna@example.org', admin: false };
const me = {
  ...aPerson({ username: 'anna' }),
  sub: 'anna',
  admin: false,
  username_chosen: true,
  review: 0,
  invitations: [],
};
const post = aPost();
const path = `/api/posts/${post.id}`;
const done = () => new Response(null, { status: 204 });
const pageOf = (...posts: Post[]) => ({ posts, next_cursor: null });

function open(address: string, answers: Parameters<typeof serve>[1]) {
  const asked = serve(
    [],
    { 'GET /api/me': () => me, 'GET /api/posts': () => pageOf(post), ...answers },
    { identity: aPool },
  );
  window.history.pushState(null, '', address);
  render(<App />);
  return asked;
}

const heart = () => screen.findByRole('button', { name: /^Like, / }, { timeout: 15_000 });

async function choose(item: string) {
  await userEvent.click(
    await screen.findByRole('button', { name: /^More about the post/ }, { timeout: 15_000 }),
  );
  await userEvent.click(await screen.findByRole('menuitem', { name: item }));
}

describe('the page of posts', () => {
  beforeEach(() => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
    setPerson(anna);
  });

  it('shows a like at once, and as it was counted as soon as that is known', async () => {
    let answer: (response: Response) => void = () => undefined;
    open('/posts/newest', {
      [`PUT ${path}/like`]: () => new Promise<Response>((resolve) => (answer = resolve)),
      [`GET ${path}`]: () => aPost({ likes: 9, liked_by_me: true }),
    });
    await userEvent.click(await heart());
    expect(await heart()).toHaveTextContent('3');
    expect(await heart()).toHaveAttribute('aria-pressed', 'true');
    answer(done());
    await waitFor(async () => expect(await heart()).toHaveAccessibleName('Like, 9 people do'));
  });

  it('takes a like back that did not come about, and says why', async () => {
    open('/posts/newest', {
      [`PUT ${path}/like`]: () => Response.json({ detail: 'Your account is blocked.' }, { status: 403 }),
    });
    await userEvent.click(await heart());
    expect(await screen.findByText('Your account is blocked.')).toBeVisible();
    expect(await heart()).toHaveAccessibleName('Like, 2 people do');
    expect(await heart()).toHaveAttribute('aria-pressed', 'false');
  });

  it('shows what somebody wishes in the end who changes their mind meanwhile', async () => {
    const answers: ((response: Response) => void)[] = [];
    const later = () => new Promise<Response>((resolve) => answers.push(resolve));
    const asked = open('/posts/newest', {
      [`PUT ${path}/like`]: later,
      [`DELETE ${path}/like`]: later,
      [`GET ${path}`]: () => aPost({ likes: 2 }),
    });
    await userEvent.click(await heart());
    await userEvent.click(await heart());
    expect(await heart()).toHaveAccessibleName('Like, 2 people do');
    expect(asked(`DELETE ${path}/like`)).toBe(0);
    answers[0]?.(done());
    await waitFor(() => expect(answers).toHaveLength(2));
    expect(await heart()).toHaveAttribute('aria-pressed', 'false');
    answers[1]?.(done());
    await waitFor(() => expect(asked(`GET ${path}`)).toBe(1));
  });

  it('takes a post away that is gone by the time somebody likes it, and says so', async () => {
    open('/posts/newest', {
      [`PUT ${path}/like`]: () => Response.json({ detail: 'There is no such post.' }, { status: 404 }),
    });
    await userEvent.click(await heart());
    expect(await screen.findByText('There is no such post.')).toBeVisible();
    expect(await screen.findByText('No posts yet')).toBeVisible();
  });

  it('lets anybody say why a post of others should not be shown', async () => {
    const reports: unknown[] = [];
    open('/posts/newest', {
      'POST /api/reports': async (request) => {
        reports.push(await request.json());
        return Response.json({}, { status: 202 });
      },
    });
    await choose('Report');
    await userEvent.type(
      await screen.findByRole('textbox', { name: 'Why should it not be shown?' }, { timeout: 15_000 }),
      'This is my dog',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Report' }));
    expect(await screen.findByText('An admin will look at it.')).toBeVisible();
    expect(reports).toEqual([{ post_id: post.id, reason: 'This is my dog' }]);
  });

  it('lets strangers read the newest, and leads them in where they want to like', async () => {
    setPerson(null);
    const asked = open('/posts', {});
    expect(await screen.findByRole('link', { name: 'Newest' }, { timeout: 15_000 })).toHaveAttribute(
      'aria-current',
      'page',
    );
    await userEvent.click(await heart());
    const dialog = await screen.findByRole('dialog', { name: 'Sign in' }, { timeout: 15_000 });
    await waitFor(() => expect(dialog).toBeVisible());
    expect(asked(`PUT ${path}/like`)).toBe(0);
  });

  it('says what to do where one follows nobody, and suggests people', async () => {
    open('/posts', {
      'GET /api/feed': () => pageOf(),
      'GET /api/suggestions': () => ({ users: [{ ...aPerson({ username: 'carl' }), shared: 2 }] }),
    });
    expect(await screen.findByText('You follow nobody yet', {}, { timeout: 15_000 })).toBeVisible();
    const suggestions = await screen.findByRole('list', { name: 'Suggestions' });
    expect(within(suggestions).getByText('Followed by 2 people you follow')).toBeVisible();
  });

  it('asks before a post goes, and takes it out of the list', async () => {
    const mine = aPost({ author: 'anna' });
    const asked = open('/posts/newest', {
      'GET /api/posts': () => pageOf(mine),
      [`DELETE ${path}`]: done,
    });
    await choose('Delete');
    const question = await screen.findByRole('dialog', { name: 'Delete this post?' });
    expect(asked(`DELETE ${path}`)).toBe(0);
    await userEvent.click(within(question).getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('No posts yet')).toBeVisible();
  });

  it('offers what belongs to the author to nobody else', async () => {
    open('/posts/newest', {});
    await userEvent.click(
      await screen.findByRole('button', { name: /^More about the post/ }, { timeout: 15_000 }),
    );
    for (const item of ['Edit', 'Share', 'Delete'])
      expect(screen.queryByRole('menuitem', { name: item })).toBeNull();
  });

  it('lets the author say something else, in a hundred characters', async () => {
    const changes: unknown[] = [];
    open('/posts/newest', {
      'GET /api/posts': () => pageOf(aPost({ author: 'anna' })),
      [`PATCH ${path}`]: async (request) => {
        changes.push(await request.json());
        return aPost({ author: 'anna', text: 'Awake', edited_at: '2026-11-20T11:00:00Z' });
      },
    });
    await choose('Edit');
    const field = await screen.findByRole('textbox', { name: 'What to say about it' });
    await userEvent.clear(field);
    await userEvent.paste('🐈'.repeat(101));
    expect(screen.getByText('1 character too many')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await userEvent.clear(field);
    await userEvent.type(field, ' Awake\n');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Awake')).toBeVisible();
    expect(screen.getByText(/, edited$/)).toBeVisible();
    expect(changes).toEqual([{ text: 'Awake' }]);
  });

  it('makes links that open for anybody, and takes them back', async () => {
    const link = { url: 'http://gallery.test/s/token', token: 'token', expires_at: '2026-11-28T10:00:00Z' };
    const bodies: unknown[] = [];
    open('/posts/newest', {
      'GET /api/posts': () => pageOf(aPost({ author: 'anna' })),
      [`GET ${path}/share`]: () => ({ shares: [] }),
      [`POST ${path}/share`]: async (request) => {
        bodies.push(await request.json());
        return Response.json(link, { status: 201 });
      },
      [`DELETE ${path}/share/token`]: done,
    });
    await choose('Share');
    expect(await screen.findByText('No link opens this post at present.')).toBeVisible();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'The link works for' }), '1 day');
    await userEvent.click(screen.getByRole('button', { name: 'Make a link' }));
    expect(await screen.findByRole('textbox', { name: /^Link that works until/ })).toHaveValue(link.url);
    expect(bodies).toEqual([{ expires_in: 86_400 }]);
    await userEvent.click(screen.getByRole('button', { name: /^Revoke/ }));
    expect(await screen.findByText('No link opens this post at present.')).toBeVisible();
    expect(screen.getByRole('dialog', { name: 'Share your post' })).toContainElement(
      document.activeElement as HTMLElement,
    );
  });
});

describe('posting a picture', () => {
  const dog = anImage({ id: '01KAGVQ2W3M8Y6Z5T4R7N9P0X2' });
  const show = (image: typeof dog, answers: Parameters<typeof serve>[1] = {}) =>
    open(`/images/${image.id}`, { [`GET /api/images/${image.id}`]: () => image, ...answers });

  beforeEach(() => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
    setPerson(anna);
  });

  it('leads to the post that was made', async () => {
    const bodies: unknown[] = [];
    show(dog, {
      'POST /api/posts': async (request) => {
        bodies.push(await request.json());
        return Response.json(post, { status: 201 });
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Post' }, { timeout: 15_000 }));
    await userEvent.type(await screen.findByRole('textbox', { name: 'What to say about it' }), 'Rex');
    await userEvent.click(
      within(screen.getByRole('dialog', { name: 'Post this picture' })).getByRole('button', { name: 'Post' }),
    );
    expect(await screen.findByRole('link', { name: 'See your post' })).toHaveAttribute(
      'href',
      `/posts/${post.id}`,
    );
    expect(bodies).toEqual([{ image_id: dog.id, text: 'Rex' }]);
  });

  it('can be left by Escape, which leaves the picture open', async () => {
    show(dog);
    await userEvent.click(await screen.findByRole('button', { name: 'Post' }, { timeout: 15_000 }));
    await screen.findByRole('textbox', { name: 'What to say about it' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Post this picture' })).toBeNull());
    expect(window.location.pathname).toBe(`/images/${dog.id}`);
  });

  it('is not offered for a private one, and says why', async () => {
    show({ ...dog, owner: 'anna', visibility: 'private' });
    const button = await screen.findByRole('button', { name: 'Post' }, { timeout: 15_000 });
    expect(button).toBeDisabled();
    expect(button).toHaveAccessibleDescription('A private picture can’t be posted.');
  });
});
