import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Image, Settings } from '@/api/types';
import { awaited } from '@/features/upload/awaited';
import { aPool } from '@/testing/aPool';
import { anImage } from '@/testing/anImage';
import { settings } from '@/testing/settings';
import { App } from '@/app/App';

/** A gallery of these pictures, as far as the page asks for them over HTTP. */
function serve(images: Image[], news: Partial<Settings> = {}) {
  let stored = images;
  vi.stubGlobal('fetch', (request: Request) => {
    const { pathname, searchParams } = new URL(request.url);
    const id = pathname.split('/').at(-1);
    if (request.method === 'DELETE') {
      stored = stored.filter((image) => image.id !== id);
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    if (pathname === '/api/settings') return Promise.resolve(Response.json({ ...settings, ...news }));
    if (pathname === '/api/images') {
      const label = searchParams.get('label');
      const images = stored.filter(({ labels }) => !label || labels.some((shown) => shown.label === label));
      return Promise.resolve(Response.json({ images, next_cursor: null }));
    }
    const image = stored.find((image) => image.id === id);
    return Promise.resolve(
      image ? Response.json(image) : Response.json({ detail: 'There is no such image.' }, { status: 404 }),
    );
  });
}

function open(address: string) {
  window.history.pushState(null, '', address);
  render(<App />);
}

describe('the page', () => {
  const dog = anImage({ id: '01KAGVQ2W3M8Y6Z5T4R7N9P0X2' });
  const pending = { ...dog, status: 'pending' as const, caption: null };
  const broken = anImage({
    id: '01KAGVQ2W3M8Y6Z5T4R7N9P0X1',
    status: 'failed',
    caption: null,
    filename: 'notes.jpg',
    labels: [],
    urls: { original: '/', large: null, medium: null, small: null },
    failure: { code: 'not_an_image', detail: 'The file is not a picture, whatever its name says.' },
  });

  beforeEach(() => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
  });

  it('says what to do while the gallery is empty', async () => {
    serve([]);
    open('/');
    expect(await screen.findByText('No pictures yet')).toBeVisible();
    expect(screen.getAllByRole('button', { name: 'Add pictures' })).toHaveLength(2);
  });

  it('shows each picture with its caption, and why a file is none', async () => {
    serve([dog, broken]);
    open('/');
    expect(
      await screen.findByRole('img', { name: 'A golden retriever, perhaps a Labrador' }),
    ).toBeInTheDocument();
    expect(screen.getByText('The file is not a picture, whatever its name says.')).toBeVisible();
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
  });

  it('opens a picture from its address with its labels in figures', async () => {
    serve([dog]);
    open(`/images/${dog.id}`);
    await userEvent.click(await screen.findByText('Less likely labels (1)'));
    const labelsIn = (name: string) =>
      within(screen.getByRole('list', { name }))
        .getAllByRole('listitem')
        .map((row) => row.textContent);
    expect(labelsIn('Labels by probability')).toEqual(['golden retriever71 %']);
    expect(labelsIn('Less likely labels')).toEqual(['Labrador retriever< 1 %']);
    expect(screen.getByText('2.3 MB')).toBeVisible();
    expect(document.title).toBe('A golden retriever, perhaps a Labrador · Neural Gallery');
  });

  it('shows both sentences and whose they are where a language model has written one', async () => {
    const text = '<b>Two dogs</b> chase a ball.';
    const described = { ...dog, caption: text, model: 'resnet50' };
    described.captions = [
      { source: 'llava', text },
      { source: 'resnet50', text: 'A golden retriever' },
    ];
    serve([described]);
    open(`/images/${dog.id}`);
    expect(await screen.findByRole('heading', { name: text })).toBeVisible();
    expect(screen.getByText('by a language model, llava')).toBeVisible();
    expect(screen.getByText('by resnet50')).toBeVisible();
    expect(screen.getByText('A golden retriever')).toBeVisible();
  });

  it('asks before it deletes, and then shows the picture no more', async () => {
    serve([dog, broken]);
    open('/');
    await userEvent.click(await screen.findByRole('button', { name: 'Delete notes.jpg' }));
    const question = await screen.findByRole('dialog', { name: 'Delete this picture?' });
    await userEvent.click(within(question).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(document.body).toHaveTextContent('Deleted “notes.jpg”.'));
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });

  it('keeps the picture of somebody who thinks again', async () => {
    serve([broken]);
    open('/');
    await userEvent.click(await screen.findByRole('button', { name: 'Delete notes.jpg' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Keep it' }));
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });

  it('says that a picture is not there', async () => {
    serve([]);
    open('/images/01KAGVQ2W3M8Y6Z5T4R7N9P0X9');
    expect(await screen.findByText('There is no such image.')).toBeVisible();
  });

  it('says that captions wait for a model', async () => {
    serve([], { model: null });
    open('/');
    expect(await screen.findByText(/captions will appear once a model is compiled/)).toBeVisible();
  });

  it('says since when captioning is paused and why', async () => {
    const pause = { reason: 'The month is paid for.', since: '2026-05-04T09:30:00.000Z' };
    serve([], { paused: true, pause });
    open('/');
    expect(await screen.findByText(/^Captioning has been paused since /)).toBeVisible();
    expect(document.body).toHaveTextContent('The month is paid for. Pictures can be added');
  });

  it.each([{ access: 'members' as const }, { demo_only: true }])(
    'offers nothing that %o forbids',
    async (news) => {
      serve([broken], { access: 'open', ...news });
      open('/?view=grid');
      expect(await screen.findByText('notes.jpg')).toBeVisible();
      expect(screen.queryByRole('button', { name: 'Add pictures' })).toBeNull();
    },
  );

  it('asks strangers to sign in before they add pictures where only members may', async () => {
    serve([], { access: 'members', identity: aPool });
    open('/');
    expect(await screen.findByText('No pictures yet')).toBeVisible();
    expect(screen.getAllByRole('button', { name: 'Sign in to add pictures' })).toHaveLength(2);
  });

  it('shows the pictures of one person where the address says so, the private ones with a mark', async () => {
    const mine = anImage({ id: '01KAGVQ2W3M8Y6Z5T4R7N9P0X3', owner: 'anna', visibility: 'private' });
    serve([mine], { identity: aPool });
    open('/?owner=anna');
    expect(await screen.findByRole('heading', { name: 'Pictures of one person' })).toBeVisible();
    expect(await screen.findByRole('img', { name: 'Private' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: /golden retriever/ })).toHaveAttribute(
      'href',
      `/images/${mine.id}?owner=anna`,
    );
  });

  it('leads from a label of a picture to all that have it, and says so where there are none', async () => {
    serve([dog, { ...dog, id: '01KAGVQ2W3M8Y6Z5T4R7N9P0X4', labels: [] }]);
    open(`/images/${dog.id}`);
    await userEvent.click(await screen.findByRole('link', { name: 'golden retriever' }));
    expect(
      await screen.findByRole('heading', { name: 'Pictures labelled “golden retriever”' }),
    ).toBeInTheDocument();
    expect(await screen.findAllByRole('listitem')).toHaveLength(1);
  });

  it('offers no label that a picture isn’t listed under', async () => {
    serve([dog]);
    open(`/images/${dog.id}`);
    await userEvent.click(await screen.findByText('Less likely labels (1)'));
    expect(screen.getByText('Labrador retriever')).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Labrador retriever' })).toBeNull();
  });

  it('says that no picture has the label asked for', async () => {
    serve([dog]);
    open('/?label=unicorn');
    await waitFor(() =>
      expect(screen.getByRole('main')).toHaveTextContent('No picture is labelled “unicorn”'),
    );
  });

  it('still shows a picture that was sent before the page was reloaded, until its caption is there', async () => {
    const sent = { key: 'k', imageId: dog.id, name: 'dog.jpg', preview: null, ratio: 1.5 };
    awaited.setState({ pictures: [{ ...sent, owner: null, visibility: 'public', stage: 'sent' }] });
    let captioned = false;
    serve([]);
    const before = globalThis.fetch as (request: Request) => Promise<Response>;
    vi.stubGlobal('fetch', (request: Request) =>
      new URL(request.url).searchParams.has('ids')
        ? Promise.resolve(Response.json({ images: [captioned ? dog : pending], next_cursor: null }))
        : before(request),
    );
    open('/');
    expect(await screen.findByText('Looking…')).toBeVisible();
    captioned = true;
    expect(await screen.findByText('A golden retriever, perhaps a Labrador')).toBeInTheDocument();
    expect(awaited.getState().pictures).toEqual([]);
  });

  it('says what is wrong when nothing answers, and tries again when told to', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ detail: 'Not today.' }, { status: 403 })));
    vi.spyOn(console, 'error').mockReturnValue();
    open('/');
    expect(await screen.findByText('Not today.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});
