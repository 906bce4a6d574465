import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Image } from '@/api/types';
import { aPool } from '@/testing/aPool';
import { presence } from '@/api/person';
import { anImage } from '@/testing/anImage';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

const pictures = ['ant', 'bee', 'cat', 'dog'].map((name, turn) =>
  anImage({
    id: `01KAGVQ2W3M8Y6Z5T4R7N9P0X${9 - turn}`,
    filename: `${name}.jpg`,
    size: [300, 100, 400, 200][turn],
    owner: name === 'dog' ? 'anna' : null,
  }),
);
const [ant, bee, cat, dog] = pictures as [Image, Image, Image, Image];

interface BatchBody {
  ids: string[];
  visibility?: Image['visibility'];
}

/** Answers POST /api/images/batch one id after another, and notes what was asked. */
function answeringBatches(
  asked: unknown[],
  answer: (id: string, body: BatchBody) => { status: number; detail?: string },
) {
  return async (request: Request) => {
    const body = (await request.json()) as BatchBody;
    asked.push(body);
    return { results: body.ids.map((id) => ({ id, detail: null, ...answer(id, body) })) };
  };
}

async function open(address: string) {
  window.history.pushState(null, '', address);
  render(<App />);
  return screen.findByRole('table', { name: 'Pictures' });
}

const names = () =>
  screen.getAllByRole('checkbox', { name: /^Select \w+\.jpg$/ }).map((box) => box.getAttribute('aria-label'));
const choose = (name: string) =>
  userEvent.click(screen.getByRole('checkbox', { name: `Select ${name}.jpg` }));

vi.mock('@/api/sendAsPerson', () => ({ sendAsPerson: (request: Request) => fetch(request) }));

describe('the table', () => {
  beforeEach(() => {
    localStorage.clear();
    presence.setState({ person: null });
    vi.spyOn(window, 'scrollTo').mockReturnValue();
  });

  it('is chosen beside the grid, and remembered', async () => {
    serve(pictures);
    window.history.pushState(null, '', '/?label=dog');
    const { unmount } = render(<App />);
    await userEvent.click(await screen.findByRole('button', { name: 'Show as table' }));
    const row = await screen.findByRole('row', { name: /ant\.jpg/ });
    expect(row).not.toHaveTextContent('originals/');
    expect(within(row).getAllByText('71 %').length).toBeGreaterThan(0);
    expect(window.location.search).toBe('?label=dog&view=table');
    unmount();
    await open('/');
    await userEvent.click(screen.getByRole('button', { name: 'Show as grid' }));
    expect(await screen.findByRole('list', { name: 'Pictures' })).toBeVisible();
  });

  it('is in the order of the gallery, and offers none that would hold among the loaded alone', async () => {
    serve(pictures);
    await open('/?view=table');
    expect(screen.getByText('4 loaded')).toBeVisible();
    expect(names()).toEqual(['ant', 'bee', 'cat', 'dog'].map((name) => `Select ${name}.jpg`));
    for (const head of screen.getAllByRole('columnheader'))
      expect(within(head).queryByRole('button')).toBeNull();
  });

  it('lets one select rows one by one, as a range and all', async () => {
    serve(pictures);
    await open('/?view=table');
    await choose('ant');
    const user = userEvent.setup();
    await user.keyboard('{Shift>}');
    await user.click(screen.getByRole('checkbox', { name: 'Select cat.jpg' }));
    await user.keyboard('{/Shift}');
    expect(await screen.findByText('3 selected')).toBeVisible();
    await user.click(screen.getByRole('checkbox', { name: 'Select all 4 loaded' }));
    expect(screen.getByText('4 selected')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Select none' }));
    expect(screen.queryByRole('region', { name: 'Selected pictures' })).toBeNull();
  });

  it('moves the selection to the trash without a question, and takes it out again', async () => {
    const batches: unknown[] = [];
    serve(pictures, { 'POST /api/images/batch': answeringBatches(batches, () => ({ status: 200 })) });
    await open('/?view=table');
    await choose('ant');
    await userEvent.click(await screen.findByRole('button', { name: 'Move to trash' }));
    expect(await screen.findByText('1 picture is in the trash for 30 days.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('1 picture is out of the trash again.')).toBeInTheDocument();
    expect(batches).toEqual([
      { action: 'trash', ids: [ant.id] },
      { action: 'restore', ids: [ant.id] },
    ]);
  });

  it('deletes for good what may be deleted in the trash, and says what was not and why', async () => {
    const batches: unknown[] = [];
    const trashed = pictures.map((picture) => ({ ...picture, trashed_at: '2026-11-30T07:00:00Z' }));
    serve(trashed, {
      'POST /api/images/batch': answeringBatches(batches, (id) =>
        id === bee.id ? { status: 409, detail: 'Not now.' } : { status: id === cat.id ? 404 : 204 },
      ),
    });
    await open('/?view=table&show=trash');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select all 4 loaded' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Delete for good' }));
    const question = await screen.findByRole('dialog', { name: 'Delete 3 pictures?' });
    expect(question).toHaveTextContent('1 picture more that you selected can’t be deleted by you.');
    expect(batches).toEqual([]);
    await userEvent.click(within(question).getByRole('button', { name: 'Delete 3 pictures' }));
    expect(await screen.findByText('1 picture not deleted')).toBeInTheDocument();
    expect(screen.getByText('Deleted 2 pictures. “\u2068bee.jpg\u2069”: Not now.')).toBeInTheDocument();
    expect(batches).toEqual([{ action: 'delete', ids: [ant.id, bee.id, cat.id] }]);
    expect(names()).toEqual(['Select bee.jpg', 'Select dog.jpg']);
    expect(screen.getByText('2 selected')).toBeVisible();
  });

  it('makes many pictures private or public, says which are not and why, and undoes it', async () => {
    presence.setState({ person: { sub: 'anna', email: 'anna@example.org', admin: false } });
    const state = pictures.map((picture) => ({ ...picture, owner: picture === dog ? null : 'anna' }));
    const batches: unknown[] = [];
    serve(
      state,
      {
        'POST /api/images/batch': answeringBatches(batches, (id, { visibility }) => {
          if (id === bee.id) return { status: 409, detail: 'Not now.' };
          Object.assign(state.find((picture) => picture.id === id) ?? {}, { visibility });
          return { status: 200 };
        }),
      },
      { identity: aPool },
    );
    await open('/?view=table');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select all 4 loaded' }));
    expect(screen.queryByRole('button', { name: 'Make public' })).toBeNull();
    await userEvent.click(await screen.findByRole('button', { name: 'Make private' }));
    expect(await screen.findByText('1 picture not changed')).toBeInTheDocument();
    expect(
      screen.getByText(
        /2 pictures are for their owners and admins alone now\. “\u2068bee\.jpg\u2069”: Not now\./,
      ),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('2 pictures are public now.')).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull());
    expect(batches).toEqual([
      { action: 'visibility', visibility: 'private', ids: [ant.id, bee.id, cat.id] },
      { action: 'visibility', visibility: 'public', ids: [ant.id, cat.id] },
    ]);
  });

  it('hides captions where there are any, and undoes it', async () => {
    const state = pictures.map((picture) => ({
      ...picture,
      caption: picture === bee ? null : picture.caption,
    }));
    const batches: unknown[] = [];
    serve(state, {
      'POST /api/images/batch': answeringBatches(batches, () => ({ status: 200 })),
    });
    await open('/?view=table');
    await choose('ant');
    await choose('bee');
    await userEvent.click(await screen.findByRole('button', { name: 'Hide captions' }));
    expect(await screen.findByText('1 picture is without a caption now.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('1 picture is shown with a caption again.')).toBeInTheDocument();
    expect(batches).toEqual([
      { action: 'caption_hidden', caption_hidden: true, ids: [ant.id] },
      { action: 'caption_hidden', caption_hidden: false, ids: [ant.id] },
    ]);
  });

  it('saves the selection in one archive, and says what was left out', async () => {
    const written: number[] = [];
    vi.stubGlobal('showSaveFilePicker', () =>
      Promise.resolve({
        createWritable: () =>
          Promise.resolve(new WritableStream<Uint8Array>({ write: (piece) => void written.push(...piece) })),
      }),
    );
    serve(pictures, {
      [`GET /api/images/${ant.id}/download`]: () => ({
        url: 'http://storage.test/ant',
        expires_at: '',
        filename: 'ant.jpg',
        original: true,
      }),
      'GET /ant': () => new Response('pixels of the ant', { headers: { 'Content-Type': 'image/jpeg' } }),
    });
    await open('/?view=table');
    await choose('ant');
    await choose('bee');
    await userEvent.click(await screen.findByRole('button', { name: 'Download as ZIP' }));
    expect(await screen.findByText('1 picture left out')).toBeInTheDocument();
    expect(
      screen.getByText('Saved 1 picture. “\u2068bee.jpg\u2069”: There is nothing at this address.'),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(new TextDecoder().decode(new Uint8Array(written))).toContain('pixels of the ant'),
    );
    const archive = new TextDecoder('latin1').decode(new Uint8Array(written));
    expect([archive.slice(0, 2), archive.includes('ant.jpg'), archive.includes('bee.jpg')]).toEqual([
      'PK',
      true,
      false,
    ]);
  });
});
