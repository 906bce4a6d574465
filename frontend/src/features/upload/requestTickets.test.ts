// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { modifiedAt } from '@/shared/uploads/modifiedAt';
import { requestTickets } from './requestTickets';

describe('what is said of files before they are sent', () => {
  it('is when they were modified too, where they are at hand', async () => {
    const bodies: unknown[] = [];
    vi.stubGlobal('fetch', async (request: Request) => {
      bodies.push(await request.json());
      return Response.json({ uploads: [] }, { status: 201 });
    });
    const lastModified = Date.parse('2024-07-14T14:20:05Z');
    const file = new File(['bytes'], 'a.jpg', { type: 'image/jpeg', lastModified });
    const common = { size: 5, sha256: null, visibility: 'public' as const };
    const files = [
      { ...common, name: 'a.jpg', file },
      { ...common, name: 'b.jpg', file: null },
    ];
    await requestTickets(null, files, new AbortController().signal);
    expect(bodies).toMatchObject([
      {
        files: [
          { name: 'a.jpg', modified_at: modifiedAt(lastModified) },
          { name: 'b.jpg', modified_at: null },
        ],
      },
    ]);
  });
});
