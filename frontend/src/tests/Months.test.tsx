import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Image } from '@/api/types';
import { anImage } from '@/testing/anImage';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

const taken = (title: string, taken_at: string) =>
  anImage({ id: `01KAGVQ2W3M8Y6Z5T4R7N9P${title.toUpperCase()}`, title, taken_at, taken_from: 'exif' });
const pictures = [
  taken('ant', '2026-11-02T10:00:00'),
  taken('bee', '2026-11-01T10:00:00'),
  taken('cat', '2019-07-14T10:00:00'),
];

/** A gallery that gives no more than the newest picture unless it is asked for a month. */
function serveByMonth() {
  return serve(pictures, {
    'GET /api/images': ({ url }) => {
      const { searchParams: asked } = new URL(url);
      const from = asked.get('from');
      const images = pictures.filter(({ taken_at }: Image) =>
        from === null ? true : taken_at >= from && taken_at <= `${asked.get('to') ?? ''}T24`,
      );
      return { images: from === null ? images.slice(0, 1) : images, next_cursor: null };
    },
  });
}

describe('pictures by month', () => {
  beforeEach(() => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
    serveByMonth();
    window.history.pushState(null, '', '/?view=grid');
    render(<App />);
  });

  it('stand below their months, those too that are only asked for where they would be seen', async () => {
    const november = within(await screen.findByRole('region', { name: 'November 2026' }));
    expect(november.getByRole('heading', { name: 'November 2026', level: 2 })).toBeVisible();
    expect(await november.findByRole('link', { name: 'bee' })).toBeVisible();
    expect(november.getAllByRole('link').map((link) => link.getAttribute('data-image'))).toEqual(
      pictures.slice(0, 2).map(({ id }) => id),
    );
    const july = within(screen.getByRole('region', { name: 'July 2019' }));
    expect(await july.findByRole('link', { name: 'cat' })).toBeVisible();
  });

  it('are selected by their month’s mark, and no others', async () => {
    const mark = await screen.findByRole('checkbox', { name: 'Select all of November 2026' });
    await userEvent.click(mark);
    expect(await screen.findByText('2 selected')).toBeVisible();
    expect(mark).toBeChecked();
    expect(screen.getByRole('checkbox', { name: 'Select cat' })).not.toBeChecked();
    await userEvent.click(mark);
    await waitFor(() => expect(screen.queryByText('2 selected')).toBeNull());
  });

  it('stand in the other order where the address says so', async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Order by when they were added' }));
    expect(new URLSearchParams(window.location.search).get('order')).toBe('added');
    expect(await screen.findByRole('list', { name: 'Pictures' })).toBeVisible();
    expect(screen.queryByRole('heading', { level: 2 })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Order by when they were taken' }));
    expect(await screen.findByRole('heading', { name: 'November 2026' })).toBeVisible();
    expect(window.location.search).not.toContain('order');
  });

  it('have neighbours across months', async () => {
    await userEvent.click(await screen.findByRole('link', { name: 'bee' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Next picture' }));
    expect(await screen.findByRole('heading', { name: 'cat' })).toBeVisible();
  });
});
