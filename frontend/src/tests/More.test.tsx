import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { anImage } from '@/testing/anImage';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

describe('the ways to what is beside the pictures', () => {
  it('are in a menu where a list grows, and below pages that end as well', async () => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
    serve([anImage()], { 'GET /api/labels': () => ({ labels: [] }) });
    window.history.pushState(null, '', '/');
    render(<App />);
    await screen.findByRole('list', { name: 'Pictures' });
    expect(screen.queryByRole('contentinfo')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'More' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Labels' }));
    expect(await screen.findByRole('contentinfo')).toHaveTextContent('Digit counter');
    expect(window.location.pathname).toBe('/labels');
  });
});
