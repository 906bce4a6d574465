import { vi } from 'vitest';
import type { Image, Settings } from '@/api/types';
import { monthOf } from '@/shared/pictures/months';

/** The settings of an open gallery for tests. */
export const settings: Settings = {
  access: 'open',
  identity: null,
  uploads: { types: ['image/jpeg', 'image/png'], endings: ['.jpg'], max_bytes: 52_428_800, max_files: 50 },
  model: 'resnet50',
  demo_only: false,
  tile_sets: ['gallery', 'cifar10'],
  paused: false,
  pause: null,
  limits: {
    uploads_per_hour: null,
    captions_per_hour: null,
    captions_a_day: null,
    allowance: null,
    picture_dollars: null,
  },
  export_gb_dollars: null,
  default_visibility: 'public',
  version: '0.1.0',
};

type Answer = (request: Request) => unknown;

/** Serves a gallery of some pictures to the page under test, which answers some calls as told: `POST /api/classify`. */
export function serve(
  images: readonly Image[],
  answers: Record<string, Answer> = {},
  news: Partial<Settings> = {},
) {
  const fetched = vi.fn(async (input: Request | string) => {
    const request = new Request(input);
    const { pathname } = new URL(request.url);
    const all: Record<string, Answer> = {
      'GET /api/settings': () => ({ ...settings, ...news }),
      'GET /api/images': () => ({ images, next_cursor: null }),
      'GET /api/timeline': () => ({ months: monthsOf(images) }),
      ...Object.fromEntries(images.map((image) => [`GET /api/images/${image.id}`, () => image])),
      ...answers,
    };
    const answer = await (all[`${request.method} ${pathname}`] ?? notThere)(request);
    return answer instanceof Response ? answer : Response.json(answer);
  });
  vi.stubGlobal('fetch', fetched);
  return (call: string) =>
    fetched.mock.calls.filter(([input]) => {
      const { method, url } = input instanceof Request ? input : new Request(input);
      return `${method} ${new URL(url).pathname}` === call;
    }).length;
}

/** Counts pictures by month, the newest first. */
function monthsOf(images: readonly Image[]) {
  const months = [...new Set(images.map(monthOf))].sort().reverse();
  return months.map((month) => ({
    month,
    count: images.filter((image) => monthOf(image) === month).length,
  }));
}

function notThere() {
  return Response.json({ detail: 'There is nothing at this address.' }, { status: 404 });
}
