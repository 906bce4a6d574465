import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Image } from '@/api/types';
import { anImage } from '@/testing/anImage';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

const dog = anImage({ id: '01KAGVQ2W3M8Y6Z5T4R7N9P0X2', title: 'Rex', labels: [] });
const path = `/api/images/${dog.id}`;

/** A gallery whose one picture can be changed, by the page and by others. */
function serveChanging() {
  let now: Image = dog;
  const changes: unknown[] = [];
  serve([], {
    [`GET ${path}`]: () => now,
    [`PATCH ${path}`]: async (request) => {
      if (request.headers.get('If-Match') !== `"${now.version}"`)
        return Response.json({ detail: 'Stale.' }, { status: 412 });
      const change = (await request.json()) as Partial<Image>;
      changes.push(change);
      const labels = 'labels' in change ? [] : now.labels;
      return (now = { ...now, ...change, labels, version: now.version + 1 });
    },
  });
  const byOthers = (news: Partial<Image>) => (now = { ...now, ...news, version: now.version + 1 });
  return { changes, byOthers };
}

async function write(title: string) {
  window.history.pushState(null, '', `/images/${dog.id}`);
  render(<App />);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit' }, { timeout: 15_000 }));
  const field = screen.getByRole('textbox', { name: 'Title' });
  await userEvent.clear(field);
  await userEvent.type(field, title);
}

describe('editing what is said of a picture', () => {
  beforeEach(() => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
  });

  it('hides a caption and shows it again, with one click each', async () => {
    const { changes } = serveChanging();
    window.history.pushState(null, '', `/images/${dog.id}`);
    render(<App />);
    await userEvent.click(await screen.findByRole('button', { name: 'Hide caption' }, { timeout: 15_000 }));
    await userEvent.click(await screen.findByRole('button', { name: 'Show caption' }));
    await screen.findByRole('button', { name: 'Hide caption' });
    expect(changes).toEqual([{ caption_hidden: true }, { caption_hidden: false }]);
  });

  it('takes away a label with one click, and gives it back to the model', async () => {
    const { changes, byOthers } = serveChanging();
    byOthers({ labels: anImage().labels });
    window.history.pushState(null, '', `/images/${dog.id}`);
    render(<App />);
    const name = 'Remove the label golden retriever';
    await userEvent.click(await screen.findByRole('button', { name }, { timeout: 15_000 }));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(changes).toEqual([{ labels: [] }, { labels: null }]));
  });

  it('saves over what others have said elsewhere', async () => {
    const { changes, byOthers } = serveChanging();
    await write('Max');
    byOthers({ attribution: 'Ada' });
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('heading', { name: 'Max' })).toBeVisible();
    expect(screen.getByText('Ada')).toBeVisible();
    expect(changes).toEqual([{ title: 'Max' }]);
  });

  it('shows both versions where somebody has said something else of the same, and saves what is chosen', async () => {
    const { changes, byOthers } = serveChanging();
    await write('Max');
    byOthers({ title: '<b>Bello</b>', attribution: 'Ada' });
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    const versions = await screen.findByRole('group', { name: 'Title' });
    expect(screen.getByRole('heading', { name: 'Somebody else has changed this meanwhile' })).toHaveFocus();
    expect(within(versions).getByRole('radio', { name: 'Theirs <b>Bello</b>' })).not.toBeChecked();
    expect(within(versions).getByRole('radio', { name: 'Yours Max' })).toBeChecked();
    expect(changes).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Save this choice' }));
    expect(await screen.findByRole('heading', { name: 'Max' })).toBeVisible();
    expect(changes).toEqual([{ title: 'Max' }]);
  });

  it('leaves theirs where that is chosen', async () => {
    const { changes, byOthers } = serveChanging();
    await write('Max');
    byOthers({ title: 'Bello' });
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await userEvent.click(await screen.findByRole('radio', { name: 'Theirs Bello' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save this choice' }));
    await waitFor(() => expect(screen.queryByRole('form')).toBeNull());
    expect(screen.getByRole('heading', { name: 'Bello' })).toBeVisible();
    expect(changes).toEqual([]);
  });

  it('asks before unsaved words are lost', async () => {
    serveChanging();
    await write('Max');
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    const question = await screen.findByRole('dialog', { name: 'Discard what you have written?' });
    await userEvent.click(within(question).getByRole('button', { name: 'Keep writing' }));
    expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue('Max');
    expect(window.location.pathname).toBe(`/images/${dog.id}`);
    await waitFor(() => expect(screen.queryByRole('dialog', { name: /^Discard/ })).toBeNull());
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(window.location.pathname).toBe('/'));
  });
});
