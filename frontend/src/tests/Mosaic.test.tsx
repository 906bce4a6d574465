import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anImage } from '@/testing/anImage';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

const dog = anImage({ id: '01KAGVQ2W3M8Y6Z5T4R7N9P0X2', caption: 'A dog' });
const path = `/api/images/${dog.id}/mosaic`;
const ready = {
  status: 'ready',
  url: 'http://storage.test/mosaic.jpg',
  columns: 80,
  rows: 60,
  tiles_used: 1234,
};

function open(address: string) {
  window.history.pushState(null, '', address);
  render(<App />);
}

describe('the page of mosaics', () => {
  beforeEach(() => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
  });

  it('has one made as chosen, tells how far it is and shows it beside the picture', async () => {
    const orders: unknown[] = [];
    const states = [{ status: 'pending', progress: 0.4 }, ready];
    serve([dog], {
      [`POST ${path}`]: async (request) => {
        orders.push(await request.json());
        return Response.json({ status: 'pending' }, { status: 202 });
      },
      [`GET ${path}`]: () => states.shift(),
    });
    open(`/images/${dog.id}`);
    await userEvent.click(await screen.findByRole('link', { name: 'Mosaic' }, { timeout: 15_000 }));
    expect(await screen.findByRole('heading', { name: 'Mosaic of “A dog”' })).toBeVisible();
    await userEvent.click(screen.getByRole('radio', { name: 'Small photographs of CIFAR-10' }));
    fireEvent.change(screen.getByRole('slider', { name: 'Size of a tile' }), { target: { value: '20' } });
    fireEvent.change(screen.getByRole('slider', { name: 'Tinted like the picture' }), {
      target: { value: '0.5' },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Make it' }));
    expect(await screen.findByText('Laying the tiles… 40 %')).toBeVisible();
    expect(await screen.findByText('4,800 tiles, 80 × 60; 1,234 different ones')).toBeVisible();
    expect(screen.getByRole('img', { name: 'A dog' })).toBeVisible();
    expect(orders).toEqual([{ tiles: 'cifar10', tile_size: 20, blend: 0.5, width: 2048 }]);
    expect(window.location.search).toBe('?tiles=cifar10&tile_size=20&blend=0.5');
  });

  it('shows the one that the address names without making it anew', async () => {
    const asked = serve([dog], { [`GET ${path}`]: () => ready });
    open(`/images/${dog.id}/mosaic?tiles=gallery&tile_size=16&blend=0`);
    expect(await screen.findByText(/^4,800 tiles/)).toBeVisible();
    expect(screen.getByRole('slider', { name: 'Size of a tile' })).toHaveValue('16');
    expect(asked(`POST ${path}`)).toBe(0);
  });

  it.each([
    ['which is gone', () => Response.json({ detail: 'None.' }, { status: 404 }), /no such mosaic/],
    ['that failed', () => ({ status: 'failed', detail: 'Too few tiles.' }), 'Too few tiles.'],
  ])('says so of one %s', async (_, answer, words) => {
    serve([dog], { [`GET ${path}`]: answer });
    open(`/images/${dog.id}/mosaic?tiles=gallery&tile_size=16&blend=0`);
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('says in the gallery’s words why it makes none', async () => {
    serve([dog], { [`POST ${path}`]: () => Response.json({ detail: 'No tiles yet.' }, { status: 422 }) });
    open(`/images/${dog.id}/mosaic`);
    await userEvent.click(await screen.findByRole('button', { name: 'Make it' }));
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('No tiles yet.'));
    expect(window.location.search).toBe('');
  });
});
