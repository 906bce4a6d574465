import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

const answer = {
  caption: 'A golden retriever',
  results: [0.81, 0.1, 0.05, 0.02, 0.001].map((score, rank) => ({ class_name: `dog ${rank}`, score })),
  inference_time_ms: 12.34,
};

const dog = () => new File(['pixels'], 'dog.jpg', { type: 'image/jpeg' });

describe('trying a picture', () => {
  const drawImage = vi.fn();

  beforeEach(() => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:it', revokeObjectURL: vi.fn() }));
    vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width: 4000, height: 3000, close: vi.fn() }));
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({
      fillRect: vi.fn(),
      drawImage,
    } as unknown as RenderingContext);
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done, type) => {
      done(new Blob(['small'], { type }));
    });
  });

  async function choose(...files: File[]) {
    window.history.pushState(null, '', '/try');
    render(<App />);
    const button = await screen.findByRole('button', { name: 'Choose a picture' });
    const field = button.parentElement?.querySelector<HTMLInputElement>('input[type=file]');
    if (!field) throw new Error('There is no field for files');
    await userEvent.upload(field, files, { applyAccept: false });
  }

  it('sends it small, and says what it shows and that nothing was stored', async () => {
    const sent: Request[] = [];
    serve([], {
      'POST /api/classify': (request) => {
        sent.push(request);
        return answer;
      },
    });
    await choose(dog());
    expect(await screen.findByRole('heading', { name: 'A golden retriever' })).toBeVisible();
    const labels = screen.getByRole('list', { name: 'Labels by probability' });
    expect(
      within(labels)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['dog 081 %', 'dog 110 %', 'dog 25 %', 'dog 32 %', 'dog 4< 1 %']);
    expect(screen.getByText(/Looked at in 12.3 ms; .* Nothing was stored/)).toBeVisible();
    expect(sent.map(({ headers }) => headers.get('Content-Type'))).toEqual(['image/jpeg']);
    expect(drawImage).toHaveBeenCalledWith(expect.anything(), 0, 0, 1280, 960);
  });

  it('looks at several, the latest on top, and at nothing that is none', async () => {
    serve([], { 'POST /api/classify': () => answer });
    await choose(dog(), new File(['words'], 'notes.txt', { type: 'text/plain' }));
    const [first, second] = await screen.findAllByRole('listitem', { name: '' });
    expect(first).toHaveTextContent('Files of type text/plain can’t be shown here.');
    expect(await within(second ?? document.body).findByRole('heading')).toHaveTextContent(
      'A golden retriever',
    );
  });

  it('says in the gallery’s words what went wrong, and tries again what may pass', async () => {
    let tries = 0;
    const busy = () => Response.json({ detail: 'Too many look at pictures right now.' }, { status: 503 });
    serve([], { 'POST /api/classify': () => (tries++ === 0 ? busy() : answer) });
    await choose(dog());
    expect(await screen.findByText('Too many look at pictures right now.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'A golden retriever' })).toBeVisible();
  });

  it('sends what the browser can’t draw as it is, unless it is too large', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('unknown format')));
    const types: (string | null)[] = [];
    serve([], {
      'POST /api/classify': (request) => {
        types.push(request.headers.get('Content-Type'));
        return answer;
      },
    });
    await choose(new File(['h'], 'dog.heic'), new File([new Uint8Array(4_194_305)], 'large.heic'));
    expect(
      await screen.findByText(/can’t make the picture smaller, and it may have 4 MB at most/),
    ).toBeVisible();
    expect(await screen.findByRole('heading', { name: 'A golden retriever' })).toBeVisible();
    expect(types).toEqual(['image/heic']);
  });

  it('is what a gallery opens on that keeps nothing, and there only', async () => {
    serve([], {}, { demo_only: true });
    window.history.pushState(null, '', '/');
    render(<App />);
    expect(await screen.findByRole('heading', { name: 'Try it without keeping anything' })).toBeVisible();
    expect(window.location.pathname).toBe('/try');
    expect(screen.queryByRole('button', { name: 'Add pictures' })).toBeNull();
  });
});
