import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anImage } from '@/testing/anImage';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

const labels = [
  { label: 'sofa', count: 1200 },
  { label: 'R&B <singer>', count: 3 },
  { label: 'golden retriever', count: 2 },
];

describe('the page of labels', () => {
  beforeEach(() => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
    window.history.pushState(null, '', '/labels');
  });

  it('lists each with its count, and leads to its pictures', async () => {
    serve([anImage()], { 'GET /api/labels': () => ({ labels }) });
    render(<App />);
    const links = await screen.findAllByRole('link', { name: /\d$/ });
    expect(links.map(({ textContent }) => textContent)).toEqual([
      'sofa 1,200',
      'R&B <singer> 3',
      'golden retriever 2',
    ]);
    await userEvent.click(screen.getByRole('link', { name: 'R&B <singer> 3' }));
    expect(await screen.findByRole('heading', { name: 'Pictures labelled “R&B <singer>”' })).toBeVisible();
    expect(new URLSearchParams(window.location.search).get('label')).toBe('R&B <singer>');
  });

  it('shows those that one looks for', async () => {
    serve([], { 'GET /api/labels': () => ({ labels }) });
    render(<App />);
    await userEvent.type(await screen.findByRole('searchbox', { name: 'Find a label' }), 'retr');
    expect(await screen.findByText('1 of 3, most used first')).toBeVisible();
    expect(screen.queryByRole('link', { name: /^sofa/ })).toBeNull();
  });

  it('says that there are none', async () => {
    serve([], { 'GET /api/labels': () => ({ labels: [] }) });
    render(<App />);
    expect(await screen.findByText('No picture has a label yet')).toBeVisible();
  });
});
