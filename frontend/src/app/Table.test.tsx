import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anImage } from '@/shared/pictures/anImage';
import { serve } from './aGallery';
import { App } from './App';

const pictures = ['ant', 'bee', 'cat', 'dog'].map((name, turn) =>
  anImage({
    id: `01KAGVQ2W3M8Y6Z5T4R7N9P0X${9 - turn}`,
    filename: `${name}.jpg`,
    size: [300, 100, 400, 200][turn],
    owner: name === 'dog' ? 'anna' : null,
  }),
);
const [ant, bee, cat] = pictures as [(typeof pictures)[0], (typeof pictures)[0], (typeof pictures)[0]];

async function open(address: string) {
  window.history.pushState(null, '', address);
  render(<App />);
  return screen.findByRole('table', { name: 'Pictures' });
}

const names = () =>
  screen.getAllByRole('checkbox', { name: /^Select \w+\.jpg$/ }).map((box) => box.getAttribute('aria-label'));
const choose = (name: string) =>
  userEvent.click(screen.getByRole('checkbox', { name: `Select ${name}.jpg` }));

describe('the table', () => {
  beforeEach(() => {
    localStorage.clear();
    vi.spyOn(window, 'scrollTo').mockReturnValue();
  });

  it('is chosen beside the grid, and remembered', async () => {
    serve(pictures);
    window.history.pushState(null, '', '/?label=dog');
    const { unmount } = render(<App />);
    await userEvent.click(await screen.findByRole('button', { name: 'Show as table' }));
    const row = await screen.findByRole('row', { name: /ant\.jpg/ });
    expect(row).toHaveTextContent(`originals/${ant.id}`);
    expect(within(row).getAllByText('71 %').length).toBeGreaterThan(0);
    expect(window.location.search).toBe('?label=dog&view=table');
    unmount();
    await open('/');
    await userEvent.click(screen.getByRole('button', { name: 'Show as grid' }));
    expect(await screen.findByRole('list', { name: 'Pictures' })).toBeVisible();
  });

  it('is sorted among what is loaded, and says so', async () => {
    serve(pictures);
    await open('/?view=table');
    expect(screen.getByText('4 loaded')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Size' }));
    expect(screen.getByText('Sorted among the 4 loaded')).toBeVisible();
    expect(screen.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending');
    expect(names()).toEqual(['cat', 'ant', 'dog', 'bee'].map((name) => `Select ${name}.jpg`));
  });

  it('lets one select rows one by one, as a range and all', async () => {
    serve(pictures);
    await open('/?view=table');
    await choose('ant');
    const user = userEvent.setup();
    await user.keyboard('{Shift>}');
    await user.click(screen.getByRole('checkbox', { name: 'Select cat.jpg' }));
    await user.keyboard('{/Shift}');
    expect(screen.getByText('3 selected')).toBeVisible();
    await user.click(screen.getByRole('checkbox', { name: 'Select all 4 loaded' }));
    expect(screen.getByText('4 selected')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Select none' }));
    expect(screen.queryByRole('region', { name: 'Selected pictures' })).toBeNull();
  });

  it('deletes what may be deleted of the selection, and says what was not and why', async () => {
    const asked = serve(pictures, {
      [`DELETE /api/images/${ant.id}`]: () => new Response(null, { status: 204 }),
      [`DELETE /api/images/${bee.id}`]: () => Response.json({ detail: 'Not now.' }, { status: 409 }),
      [`DELETE /api/images/${cat.id}`]: () => new Response(null, { status: 204 }),
    });
    await open('/?view=table');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select all 4 loaded' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    const question = await screen.findByRole('dialog', { name: 'Delete 3 pictures?' });
    expect(question).toHaveTextContent('1 picture more that you selected can’t be deleted by you.');
    expect(asked(`DELETE /api/images/${ant.id}`)).toBe(0);
    await userEvent.click(within(question).getByRole('button', { name: 'Delete 3 pictures' }));
    expect(await screen.findByText('1 picture not deleted')).toBeInTheDocument();
    expect(screen.getByText('Deleted 2 pictures. “bee.jpg”: Not now.')).toBeInTheDocument();
    expect(names()).toEqual(['Select bee.jpg', 'Select dog.jpg']);
    expect(screen.getByText('2 selected')).toBeVisible();
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
    await userEvent.click(screen.getByRole('button', { name: 'Download as ZIP' }));
    expect(await screen.findByText('1 picture left out')).toBeInTheDocument();
    expect(
      screen.getByText('Saved 1 picture. “bee.jpg”: There is nothing at this address.'),
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
