import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogEntry, Recaption, Report } from '@/api/types';
import { aPool } from '@/testing/aPool';
import { setPerson } from '@/api/person';
import { anImage } from '@/testing/anImage';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

vi.mock('@/api/sendAsPerson', () => ({ sendAsPerson: (request: Request) => fetch(request) }));
vi.mock('@/api/cognito', () => ({ configure: vi.fn(), leave: () => Promise.resolve() }));

const at = '2026-11-21T12:00:00.000Z';
const LONG = { timeout: 15_000 };

function open(address: string, answers: Parameters<typeof serve>[1], news: Parameters<typeof serve>[2] = {}) {
  const asked = serve([], answers, { identity: aPool, ...news });
  window.history.pushState(null, '', address);
  render(<App />);
  return asked;
}

function aReport(news: Partial<Report>): Report {
  const image = anImage({ caption: 'A pug' });
  return {
    kind: 'image',
    id: image.id,
    count: 2,
    reasons: ['Not fit.'],
    first_at: at,
    last_at: at,
    hidden: false,
    image,
    post: null,
    ...news,
  };
}

beforeEach(() => {
  vi.spyOn(window, 'scrollTo').mockReturnValue();
  setPerson({ sub: 'root', email: 'root@example.org', admin: true });
});

describe('the administration', () => {
  it('is for admins alone', async () => {
    setPerson({ sub: 'anna', email: 'anna@example.org', admin: false });
    const asked = open('/admin', {});
    expect(await screen.findByRole('heading', { name: 'This page is for admins' }, LONG)).toBeVisible();
    expect(asked('GET /api/admin/stats')).toBe(0);
  });

  it('restores what is hidden from where that is listed', async () => {
    let hidden = true;
    const report = () => aReport({ hidden, count: 0, reasons: [] });
    open('/admin/reports', {
      'GET /api/admin/reports': ({ url }) => ({
        reports: url.includes('list=hidden') && hidden ? [report()] : [],
        next_cursor: null,
      }),
      [`POST /api/admin/reports/image/${report().id}/restore`]: () => {
        hidden = false;
        return { kind: 'image', id: report().id, hidden };
      },
    });
    expect(await screen.findByText('Nothing is reported', {}, LONG)).toBeVisible();
    await userEvent.click(screen.getByRole('radio', { name: 'Hidden' }));
    const acts = await screen.findByRole('group', { name: 'A pug' });
    expect(screen.getByText(/^Reported by nobody, hidden/)).toBeVisible();
    expect(within(acts).queryByRole('button', { name: 'Dismiss' })).toBeNull();
    await userEvent.click(within(acts).getByRole('button', { name: 'Restore' }));
    expect(await screen.findByText('Nothing is hidden')).toBeVisible();
  });

  it('shows who is disabled until they are enabled', async () => {
    let state = 'active';
    const ben = { username: 'ben', display_name: null, posts: 0, followers: 0, created_at: at, you: false };
    const becomes = (next: string) => () => {
      state = next;
      return new Response(null, { status: 204 });
    };
    open('/admin/people', {
      'GET /api/admin/people': () => ({ people: [{ ...ben, state }], next_cursor: null }),
      'POST /api/admin/people/ben/disable': becomes('disabled'),
      'POST /api/admin/people/ben/enable': becomes('active'),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Disable' }, LONG));
    expect(await screen.findByText('Disabled')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Enable' }));
    expect(await screen.findByRole('button', { name: 'Disable' })).toBeVisible();
    expect(screen.queryByText('Disabled')).toBeNull();
  });

  it('logs acts in sentences that lead to what they were done to', async () => {
    const entry = (news: Partial<LogEntry>): LogEntry => ({
      id: news.subject ?? '',
      at,
      by: 'root',
      action: 'hide',
      subject: '',
      outcome: 'done',
      detail: '',
      ...news,
    });
    const entries = [
      entry({ subject: 'image 01K' }),
      entry({ action: 'disable', subject: 'person ben' }),
      entry({ action: 'recaption', subject: 'model MobileNetV2', outcome: 'refused', detail: 'Under way.' }),
    ];
    open('/admin/log', { 'GET /api/admin/log': () => ({ entries, next_cursor: null }) });
    expect(await screen.findByRole('link', { name: 'a picture' }, LONG)).toHaveAttribute(
      'href',
      '/images/01K',
    );
    expect(screen.getByRole('link', { name: 'ben' })).toHaveAttribute('href', '/people/ben');
    expect(screen.getByText(/had every picture captioned again by MobileNetV2/)).toBeVisible();
    expect(screen.getByText(/refused: Under way\.$/)).toBeVisible();
  });

  it('says that captioning again waits while captioning is paused', async () => {
    const pause = { reason: 'Enough for today.', since: at };
    const recaption: Recaption = {
      models: ['resnet50'],
      job: {
        model: 'resnet50',
        by: 'root',
        since: at,
        state: 'captioning',
        total: 10,
        sent: 10,
        captioned: 4,
        failed: 0,
      },
    };
    open(
      '/admin',
      {
        'GET /api/admin/recaption': () => recaption,
        'GET /api/admin/stats': () => ({
          pictures: { pending: 0, captioned: 10, failed: 0 },
          bytes_stored: 9,
          captions_per_hour: [{ hour: at, captions: 4 }],
          cost: { currency: 'USD', captions: 4, to_date: 0.1, month: 0.2 },
        }),
      },
      { paused: true, pause },
    );
    expect(await screen.findByText('Waiting until captioning goes on', {}, LONG)).toBeVisible();
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '40');
    expect(screen.getByRole('button', { name: 'Go on captioning' })).toBeVisible();
  });
});
