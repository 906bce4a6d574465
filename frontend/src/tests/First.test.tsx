import { render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { FIRST_CALLS } from '@/shared/pictures/listed';
import { anImage } from '@/testing/anImage';
import { serve } from '@/testing/aGallery';
import { settings } from '@/testing/settings';
import { App } from '@/app/App';

describe('the first view', () => {
  it('is what the first script has asked for, and asks for nothing of that again', async () => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
    const image = anImage();
    const asked = serve([]);
    const [atSettings, atTimeline, atNewest] = FIRST_CALLS;
    window.early = {
      sub: null,
      answers: {
        [atSettings]: Promise.resolve(Response.json(settings)),
        [atTimeline]: Promise.resolve(Response.json({ months: [{ month: '2026-11', count: 1 }] })),
        [atNewest]: Promise.resolve(Response.json({ images: [image], next_cursor: null })),
      },
    };
    window.history.pushState(null, '', '/');
    render(<App />);
    expect(await screen.findByRole('img', { name: image.caption ?? '' })).toBeInTheDocument();
    const calls = ['GET /api/settings', 'GET /api/timeline', 'GET /api/images'];
    expect(calls.map(asked)).toEqual([0, 0, 0]);
  });
});
