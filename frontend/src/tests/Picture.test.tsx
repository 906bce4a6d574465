import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anImage } from '@/testing/anImage';
import { setPerson } from '@/api/person';
import type { Image } from '@/api/types';
import { serve } from '@/testing/aGallery';
import { aPool } from '@/testing/aPool';
import { App } from '@/app/App';

vi.mock('@/api/sendAsPerson', () => ({ sendAsPerson: (request: Request) => fetch(request) }));
vi.mock('@/api/cognito', () => ({ configure: vi.fn(), leave: () => Promise.resolve() }));

const dog = anImage({
  id: '01KAGVQ2W3M8Y6Z5T4R7N9P0X2',
  title: 'Rex',
  location: { latitude: -22.9519, longitude: -43.2105, altitude_m: 709 },
});
const path = `/api/images/${dog.id}`;

async function open() {
  window.history.pushState(null, '', `/images/${dog.id}`);
  render(<App />);
  return within(await screen.findByRole('toolbar', { name: 'Actions' }));
}

describe('an open picture', () => {
  beforeEach(() => {
    setPerson(null);
    vi.spyOn(window, 'scrollTo').mockReturnValue();
  });

  it('goes to the trash with one click, and comes back with another', async () => {
    const trashed = { ...dog, trashed_at: '2026-11-30T06:00:00Z' };
    const asked = serve([dog], {
      [`POST ${path}/trash`]: () => trashed,
      [`POST ${path}/restore`]: () => dog,
    });
    await userEvent.click((await open()).getByRole('button', { name: 'Move to the trash' }));
    await waitFor(() => expect(window.location.pathname).toBe('/'));
    expect(screen.queryByRole('link', { name: 'Rex' })).toBeNull();
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('link', { name: 'Rex' })).toBeInTheDocument();
    expect([asked(`POST ${path}/trash`), asked(`POST ${path}/restore`)]).toEqual([1, 1]);
  });

  it('becomes a favourite at a click or a key, and stays as it was where that fails', async () => {
    setPerson({ sub: 'anna', email: 'anna@example.org', admin: false });
    const asked = serve(
      [dog],
      { [`PUT ${path}/favourite`]: () => new Response(null, { status: 204 }) },
      { identity: aPool },
    );
    const heart = (await open()).getByRole('button', { name: 'Favourite' });
    expect(heart).toHaveAttribute('aria-pressed', 'false');
    await userEvent.keyboard('f');
    await waitFor(() => expect(heart).toHaveAttribute('aria-pressed', 'true'));
    await waitFor(() => expect(asked(`PUT ${path}/favourite`)).toBe(1));
    await userEvent.click(heart);
    expect(await screen.findByText(/stays as it was/)).toBeInTheDocument();
    expect(heart).toHaveAttribute('aria-pressed', 'true');
  });

  it('in the trash is restored or deleted for good, and can’t be shared', async () => {
    let now = { ...dog, trashed_at: '2026-11-30T06:00:00Z' as string | null };
    serve([], {
      [`GET ${path}`]: () => now,
      [`POST ${path}/restore`]: () => (now = { ...now, trashed_at: null }),
    });
    const actions = await open();
    expect(screen.getByText('In the trash')).toBeVisible();
    expect(actions.queryByRole('button', { name: 'Share' })).toBeNull();
    expect(actions.getByRole('button', { name: 'Delete for good' })).toBeVisible();
    await userEvent.click(actions.getByRole('button', { name: 'Restore' }));
    expect(await actions.findByRole('button', { name: 'Move to the trash' })).toBeVisible();
    expect(screen.queryByText('In the trash')).toBeNull();
  });

  it('is edited with the focus in the title, and leaves it on the heading', async () => {
    serve([dog], { [`PATCH ${path}`]: () => ({ ...dog, title: 'Max', version: 2 }) });
    const actions = await open();
    await userEvent.click(actions.getByRole('button', { name: 'Edit' }));
    expect(screen.getByRole('textbox', { name: 'Title' })).toHaveFocus();
    await userEvent.keyboard('!{Enter}');
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Max' })).toHaveFocus());
    await userEvent.click(actions.getByRole('button', { name: 'Edit' }));
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.getByRole('heading', { name: 'Max' })).toHaveFocus();
  });

  it('is described, dated and placed, each with the focus where one began and none on the page itself', async () => {
    setPerson({ sub: 'anna', email: 'anna@example.org', admin: false });
    const changes: unknown[] = [];
    let now: Image = { ...dog, owner: 'anna' };
    serve(
      [now],
      {
        [`GET ${path}`]: () => now,
        [`PATCH ${path}`]: async (request) => {
          const change = (await request.json()) as Partial<Image>;
          changes.push(change);
          return (now = { ...now, ...change, version: now.version + 1, taken_from: 'owner' });
        },
      },
      { identity: aPool },
    );
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Change: Taken' }));
    const taken = screen.getByLabelText('Date and time');
    expect(taken).toHaveFocus();
    fireEvent.change(taken, { target: { value: '2019-07-14T23:30' } });
    await userEvent.type(screen.getByRole('textbox', { name: 'Offset from UTC' }), '-03:00');
    await userEvent.type(screen.getByRole('textbox', { name: 'Description' }), 'On the beach');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('On the beach')).toBeVisible();
    expect(screen.getByText(/Jul 14, 2019/)).toBeVisible();
    expect(screen.getByRole('heading', { name: 'Rex' })).toHaveFocus();
    await userEvent.click(screen.getByRole('button', { name: 'Change: Place' }));
    const place = screen.getByRole('textbox', { name: 'Place' });
    expect(place).toHaveFocus();
    await userEvent.clear(place);
    await userEvent.type(place, 'Paris');
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await userEvent.clear(place);
    await userEvent.type(place, '48.8584, 2.2945');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/48.8584° N/)).toBeVisible();
    expect(changes).toEqual([
      { description: 'On the beach', taken_at: '2019-07-14T23:30:00', taken_offset: '-03:00' },
      { location: { latitude: 48.8584, longitude: 2.2945 } },
    ]);
  });

  it('is archived and taken out again with the focus kept', async () => {
    setPerson({ sub: 'anna', email: 'anna@example.org', admin: false });
    let now: Image = { ...dog, owner: 'anna' };
    serve(
      [now],
      {
        [`GET ${path}`]: () => now,
        [`PATCH ${path}`]: async (request) => (now = { ...now, ...((await request.json()) as object) }),
      },
      { identity: aPool },
    );
    const button = (await open()).getByRole('button', { name: 'Archive' });
    await userEvent.click(button);
    expect(await screen.findByText('Archived')).toBeVisible();
    expect(button).toHaveAttribute('aria-pressed', 'true');
    expect(button).toHaveFocus();
    await userEvent.click(button);
    await waitFor(() => expect(screen.queryByText('Archived')).toBeNull());
  });

  it('says whose it is and leads to theirs', async () => {
    const hers = { ...dog, owner: 'anna', owner_name: { username: 'anna_b', display_name: 'Anna' } };
    serve([hers]);
    await open();
    expect(screen.getByRole('link', { name: 'Anna' })).toHaveAttribute('href', '/?owner=anna');
  });

  it('shows what is known of it at a key, but not while one writes', async () => {
    serve([dog]);
    const actions = await open();
    const about = screen.getByRole('complementary', { name: 'About this picture' });
    await userEvent.keyboard('i');
    expect(about).not.toBeVisible();
    await userEvent.click(actions.getByRole('button', { name: 'Edit' }));
    expect(about).toBeVisible();
    await userEvent.keyboard('i');
    expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue('Rexi');
    expect(about).toBeVisible();
  });

  it('folds away what the model hardly sees and how it looked', async () => {
    serve([dog]);
    await open();
    expect(screen.getByText('golden retriever')).toBeVisible();
    expect(screen.getByText('Labrador retriever')).not.toBeVisible();
    expect(screen.getByText('resnet50')).not.toBeVisible();
    await userEvent.click(screen.getByText('Less likely labels (1)'));
    expect(screen.getByText('Labrador retriever')).toBeVisible();
  });

  it('lists all keys at a question mark, but not while one writes', async () => {
    serve([dog]);
    const actions = await open();
    await userEvent.keyboard('?');
    expect(await screen.findByText('Previous and next picture')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Keys' })).toBeNull());
    await userEvent.click(actions.getByRole('button', { name: 'Edit' }));
    await userEvent.keyboard('?');
    expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue('Rex?');
    expect(screen.queryByRole('dialog', { name: 'Keys' })).toBeNull();
  });

  it('leads to a map', async () => {
    serve([dog]);
    await open();
    const map = new URL(screen.getByRole<HTMLAnchorElement>('link', { name: 'Open in a map' }).href);
    expect([map.searchParams.get('mlat'), map.searchParams.get('mlon')]).toEqual([
      '-22.951900',
      '-43.210500',
    ]);
  });

  it('is handed to the device’s own way of sharing', async () => {
    serve([dog]);
    const share = vi.fn(() => Promise.resolve());
    Object.defineProperty(navigator, 'share', { configurable: true, value: share });
    await userEvent.click((await open()).getByRole('button', { name: 'Share' }));
    const url = `${window.location.origin}/images/${dog.id}`;
    await waitFor(() => expect(share).toHaveBeenCalledWith({ title: 'Rex', url }));
    Reflect.deleteProperty(navigator, 'share');
  });
});
