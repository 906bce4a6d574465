import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Image, Settings } from '@/api/types';
import { votes } from '@/features/search/votes';
import { aPool } from '@/testing/aPool';
import { setPerson } from '@/api/person';
import { anImage } from '@/testing/anImage';
import { settings } from '@/testing/settings';
import { App } from '@/app/App';

// Whoever is signed in here has no tokens to renew.
vi.mock('@/api/sendAsPerson', () => ({
  sendAsPerson: (request: Request) => globalThis.fetch(request),
}));

const anna = { sub: 'anna', email: 'anna@example.org', admin: true };

const dog = anImage({ id: '01KAGVQ2W3M8Y6Z5T4R7N9P0X2', caption: 'A dog' });
const cat = anImage({ id: '01KAGVQ2W3M8Y6Z5T4R7N9P0X3', caption: 'A cat' });

type Answer = (parameters: URLSearchParams, request: Request) => unknown;

/** A gallery that answers some paths as told, and has these pictures. */
function serve(images: readonly Image[], answers: Record<string, Answer>, news: Partial<Settings> = {}) {
  const fetched = vi.fn(async (request: Request) => {
    const { pathname, searchParams } = new URL(request.url);
    const status = searchParams.get('status');
    const all: Record<string, Answer> = {
      '/api/settings': () => ({ ...settings, ...news }),
      '/api/images': () => ({
        images: images.filter((image) => status === null || image.status === status),
        next_cursor: null,
      }),
      ...Object.fromEntries(images.map((image) => [`/api/images/${image.id}`, () => image])),
      ...answers,
    };
    const answer = await all[pathname]?.(searchParams, request);
    return answer instanceof Response ? answer : Response.json(answer);
  });
  vi.stubGlobal('fetch', fetched);
  return (path: string) =>
    fetched.mock.calls.map(([request]) => request).filter(({ url }) => url.includes(path));
}

const answerWith = (images: readonly Image[], next_cursor: string | null = null) => ({
  query: '',
  corrected: null,
  understood: [],
  floor: 0.1,
  total: { count: images.length, exact: true },
  results: images.map((image) => ({
    image,
    score: 0.7,
    why: [{ label: 'golden retriever', probability: 0.71, relevance: 0.9 }],
  })),
  next_cursor,
});

function open(address: string) {
  window.history.pushState(null, '', address);
  render(<App />);
}

const captions = () => screen.getAllByRole('img').map((picture) => picture.getAttribute('alt'));
const box = () => screen.findByRole('searchbox', { name: 'Search the pictures' });

describe('searching', () => {
  beforeEach(() => {
    setPerson(null);
    votes.forget();
    vi.spyOn(window, 'scrollTo').mockReturnValue();
  });

  it('finds while one types, best first, and says how many', async () => {
    serve([dog, cat], { '/api/search': () => answerWith([cat, dog]) });
    open('/');
    await userEvent.type(await box(), 'pets');
    expect(await screen.findByRole('heading', { name: 'Pictures for “pets”' })).toBeVisible();
    expect(await screen.findByRole('list', { name: 'Pictures' })).toBeVisible();
    expect(captions().filter((words) => words !== '')).toEqual(['A cat', 'A dog']);
    await waitFor(() => expect(screen.getByText('2 pictures, best first', { selector: '[role=status]' })));
    expect([window.location.search, document.title]).toEqual(['?q=pets', 'pets · Neural Gallery']);
  });

  it('narrows by filters of the form and takes them away again, without any words too', async () => {
    const asked = serve([dog], { '/api/search': () => answerWith([dog]) });
    open('/');
    await userEvent.click(await screen.findByRole('button', { name: 'Filters' }));
    await userEvent.selectOptions(await screen.findByLabelText('Kind of file'), 'png');
    fireEvent.change(screen.getByLabelText('Taken from'), { target: { value: '2024-07-01' } });
    await userEvent.click(screen.getByRole('button', { name: 'Show pictures' }));
    await waitFor(() => expect(window.location.search).toBe('?type=png&from=2024-07-01'));
    expect(await screen.findByRole('heading', { name: 'Chosen pictures' })).toBeVisible();
    const parameters = new URL(asked('/api/search')[0]?.url ?? '').searchParams;
    expect(['query', 'type', 'from'].map((name) => parameters.get(name))).toEqual([
      null,
      'png',
      '2024-07-01',
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Remove the filter: png' }));
    await waitFor(() => expect(window.location.search).toBe('?from=2024-07-01'));
    expect(screen.getByRole('list', { name: 'Filters' })).toHaveFocus();
    await userEvent.click(screen.getByRole('button', { name: 'Remove the filter: since 2024-07-01' }));
    await waitFor(() => expect(window.location.search).toBe(''));
  });

  it('says what of the words is taken for filters, and lets them count as words', async () => {
    const understood = [{ text: 'last summer', filters: { from: '2026-06-01', to: '2026-08-31' } }];
    const asked = serve([dog], {
      '/api/search': (parameters) => ({
        ...answerWith([dog]),
        understood: parameters.has('as_words') ? [] : understood,
      }),
    });
    open('/?q=dogs+last+summer');
    await userEvent.click(await screen.findByRole('button', { name: 'Search for the words: last summer' }));
    await waitFor(() => expect(asked('as_words=last')).toHaveLength(1));
    expect(window.location.search).toBe('?q=dogs+last+summer&words=last+summer');
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Filters' })).toBeNull());
  });

  it('asks as well as told how well pictures have to fit, and says so in its address', async () => {
    const asked = serve([dog], { '/api/search': () => answerWith([dog]) });
    open('/?q=dog&min=0.25');
    const slider = await screen.findByRole('slider', { name: 'How well pictures have to fit' });
    expect(slider).toHaveAttribute('aria-valuetext', 'what may fit');
    fireEvent.change(slider, { target: { value: '0.5' } });
    await waitFor(() => expect(window.location.search).toBe('?q=dog&min=0.5'));
    await waitFor(() => expect(asked('/api/search')).toHaveLength(2));
    expect(asked('/api/search').map(({ url }) => new URL(url).searchParams.get('min_score'))).toEqual([
      '0.25',
      '0.5',
    ]);
  });

  it('keeps what was found in sight while others are looked for, and asks no more for what nobody wants', async () => {
    let answer: (answer: unknown) => void = () => {};
    const asked = serve([], {
      '/api/search': (parameters) =>
        parameters.get('query') === 'dog' ? answerWith([dog]) : new Promise((resolve) => (answer = resolve)),
    });
    open('/?q=dog');
    expect(await screen.findByRole('img', { name: 'A dog' })).toBeVisible();
    fireEvent.change(await box(), { target: { value: 'ca' } });
    await waitFor(() =>
      expect(screen.getByRole('list', { name: 'Pictures' })).toHaveAttribute('aria-busy', 'true'),
    );
    expect(screen.getByRole('img', { name: 'A dog' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Fits: A dog' })).toBeDisabled();
    fireEvent.change(await box(), { target: { value: 'cat' } });
    await waitFor(() => expect(asked('/api/search?query=cat')).toHaveLength(1));
    expect(asked('/api/search?query=ca&')[0]?.signal.aborted).toBe(true);
    await act(async () => {
      answer(answerWith([cat]));
      await Promise.resolve();
    });
    expect(await screen.findByRole('img', { name: 'A cat' })).toBeVisible();
    expect(screen.queryByRole('img', { name: 'A dog' })).toBeNull();
  });

  it('counts votes without moving anything, and uses them when searching again', async () => {
    const asked = serve([dog, cat], {
      '/api/search': () => answerWith([dog, cat]),
      '/api/feedback': () => Response.json({ accepted: 1 }, { status: 202 }),
    });
    open('/?q=dog');
    await userEvent.click(await screen.findByRole('button', { name: 'Fits: A dog' }));
    await userEvent.click(screen.getByRole('button', { name: 'Doesn’t fit: A cat' }));
    expect(screen.getByRole('button', { name: 'Fits: A dog' })).toHaveAttribute('aria-pressed', 'true');
    await waitFor(() =>
      expect(screen.getByRole('main')).toHaveTextContent('Thank you. The next search for “dog” will use it.'),
    );
    const [votes, ...more] = asked('/api/feedback');
    expect(more).toEqual([]);
    expect(await votes?.json()).toEqual({
      feedback: [{ query: 'dog', positive: [dog.id], negative: [cat.id] }],
    });
    expect(asked('/api/search')).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Search again' }));
    await waitFor(() => expect(asked('/api/search')).toHaveLength(2));
    await waitFor(() => expect(screen.queryByText(/^Thank you/)).toBeNull());
  });

  it('searches anew for what was voted on, when one comes back to it', async () => {
    const asked = serve([dog, cat], {
      '/api/search': () => answerWith([cat]),
      '/api/feedback': () => Response.json({ accepted: 1 }, { status: 202 }),
    });
    open('/?q=cat');
    await userEvent.click(await screen.findByRole('button', { name: 'Fits: A cat' }));
    await screen.findByText(/^Thank you/);
    await userEvent.click(screen.getByRole('link', { name: 'Neural Gallery' }));
    await screen.findByRole('heading', { name: 'Pictures' });
    await userEvent.type(await box(), 'cat');
    await waitFor(() => expect(asked('/api/search')).toHaveLength(2));
  });

  it('says that votes were not counted, and shows them no more', async () => {
    serve([], {
      '/api/search': () => answerWith([dog]),
      '/api/feedback': () => Response.json({ detail: 'Not now.' }, { status: 422 }),
    });
    open('/?q=dog');
    await userEvent.click(await screen.findByRole('button', { name: 'Fits: A dog' }));
    expect(await screen.findByText('Your votes were not counted')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Fits: A dog' })).toHaveAttribute('aria-pressed', 'false');
  });

  it('opens a picture over what was found, and leads back there', async () => {
    serve([dog], { '/api/search': () => answerWith([dog]) });
    open('/?q=dog');
    await userEvent.click(await screen.findByRole('link', { name: 'A dog' }));
    expect(await screen.findByRole('complementary', { name: 'About this picture' })).toBeVisible();
    expect(window.location.pathname).toBe(`/images/${dog.id}`);
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect([window.location.pathname, window.location.search]).toEqual(['/', '?q=dog']);
  });

  it('leads from a picture to those like it', async () => {
    serve([dog, cat], {
      [`/api/images/${dog.id}/similar`]: () => ({ results: [{ image: cat, score: 0.8 }] }),
    });
    open(`/images/${dog.id}`);
    await userEvent.click(await screen.findByRole('link', { name: 'More like this' }));
    expect(await screen.findByRole('heading', { name: 'Pictures like “A dog”' })).toBeVisible();
    expect(await screen.findByRole('img', { name: 'A cat' })).toBeVisible();
    expect(window.location.search).toBe(`?similar=${dog.id}`);
    expect(screen.queryByRole('button', { name: /^Fits/ })).toBeNull();
  });

  it.each([
    ['there is no picture', [], {}, 'No pictures yet'],
    ['no picture has its caption', [{ ...dog, status: 'pending' as const }], {}, 'try again in a moment'],
    ['there is no model', [{ ...dog, status: 'pending' as const }], { model: null }, 'has no model yet.'],
    ['nothing fits', [dog], {}, 'Nothing found for “dog”'],
  ])('says why nothing was found where %s', async (_, images, news, words) => {
    serve(images, { '/api/search': () => answerWith([]) }, news);
    open('/?q=dog');
    await waitFor(() => expect(screen.getByRole('main')).toHaveTextContent(words));
  });

  it('offers to be less strict where nothing fits well enough', async () => {
    const asked = serve([dog], {
      '/api/search': (parameters) => answerWith(parameters.get('min_score') === '0' ? [dog] : []),
    });
    open('/?q=dog&min=0.9');
    await userEvent.click(await screen.findByRole('link', { name: 'Show whatever could fit' }));
    expect(await screen.findByRole('img', { name: 'A dog' })).toBeVisible();
    expect([window.location.search, asked('/api/search').length]).toEqual(['?q=dog', 2]);
  });

  it('says what else was searched for, and leads to either alone', async () => {
    const asked = serve([dog], { '/api/search': () => ({ ...answerWith([dog]), corrected: 'elephant' }) });
    open('/?q=elefant');
    expect(await screen.findByRole('link', { name: 'elephant' })).toHaveAttribute('href', '/?q=elephant');
    await userEvent.click(screen.getByRole('link', { name: 'Only “elefant”' }));
    await waitFor(() => expect(asked('verbatim=true')).toHaveLength(1));
    expect(window.location.search).toBe('?q=elefant&verbatim=true');
  });

  it('draws a line above what fits less, and shows that once it is asked for', async () => {
    const results = [
      ...answerWith([dog]).results,
      ...answerWith([cat]).results.map((image) => ({ ...image, score: 0.05 })),
    ];
    serve([], { '/api/search': () => ({ ...answerWith([]), results }) });
    open('/?q=dog');
    const line = await screen.findByRole('button', { name: '1 that fit less' });
    expect(line).toHaveAttribute('aria-expanded', 'false');
    expect(captions().filter((words) => words !== '')).toEqual(['A dog']);
    await userEvent.click(line);
    expect(captions().filter((words) => words !== '')).toEqual(['A dog', 'A cat']);
  });

  it('says that nothing fits well', async () => {
    const results = answerWith([cat]).results.map((image) => ({ ...image, score: 0.05 }));
    serve([], { '/api/search': () => ({ ...answerWith([]), results }) });
    open('/?q=dog');
    expect(await screen.findByText('No picture fits well.')).toBeVisible();
  });

  it('says in the gallery’s words what went wrong', async () => {
    serve([], { '/api/search': () => Response.json({ detail: 'Use fewer characters.' }, { status: 422 }) });
    open('/?q=dog');
    expect(await screen.findByText('Use fewer characters.')).toBeVisible();
  });
});

describe('the list of labels', () => {
  beforeEach(() => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
  });

  it('leads to the pictures of one, found by typing', async () => {
    const labels = [
      { label: 'sofa', count: 1200 },
      { label: 'golden retriever', count: 3 },
    ];
    serve([dog], { '/api/labels': () => ({ labels }) });
    open('/');
    await userEvent.click(await screen.findByRole('button', { name: 'Choose a label' }));
    const field = await screen.findByRole('combobox', { name: 'Find a label' });
    await waitFor(() => expect(field).toHaveFocus());
    expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual([
      'sofa1,200',
      'golden retriever3',
    ]);
    await userEvent.type(field, 'retr{ArrowDown}{Enter}');
    expect(
      await screen.findByRole('heading', { name: 'Pictures labelled “golden retriever”' }),
    ).toBeVisible();
  });

  it('says that there are none', async () => {
    serve([], { '/api/labels': () => ({ labels: [] }) });
    open('/');
    await userEvent.click(await screen.findByRole('button', { name: 'Choose a label' }));
    expect(await screen.findByText('No picture has a label yet')).toBeInTheDocument();
  });
});

describe('the page of votes', () => {
  const feedback = {
    query: 'dog',
    positive: [{ image_id: dog.id, count: 3 }],
    negative: [{ image_id: cat.id, count: 1 }],
    first_at: '2026-11-19T08:00:00Z',
    last_at: '2026-11-20T09:30:00Z',
    daily: [{ date: '2026-11-20', positive: 3, negative: 1 }],
  };

  beforeEach(() => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
  });

  it('tells strangers to sign in, and members that it is not for them', async () => {
    setPerson(null);
    serve([], {}, { identity: aPool });
    open('/analytics');
    const main = await screen.findByRole('main');
    expect(await within(main).findByRole('heading', { name: 'This page is for admins' })).toBeVisible();
    expect(within(main).getByRole('button', { name: 'Sign in' })).toBeVisible();
    act(() => setPerson({ ...anna, admin: false }));
    expect(await screen.findByText('Your account is not one of theirs.')).toBeVisible();
  });

  it('shows admins what was voted on, and of which pictures', async () => {
    setPerson(anna);
    serve(
      [dog],
      { '/api/analytics': () => ({ feedback: [feedback], next_cursor: null }) },
      { identity: aPool },
    );
    open('/analytics');
    const row = await screen.findByRole('row', { name: /^dog/ });
    expect(row).toHaveTextContent('3 right, 1 wrong');
    expect(screen.getByRole('img', { name: /^Votes over time: 3 found right, 1 found wrong/ })).toBeVisible();
    await userEvent.click(within(row).getByRole('link', { name: 'dog' }));
    expect(await screen.findByRole('heading', { name: 'Found right' })).toBeVisible();
    expect(await screen.findByRole('img', { name: 'A dog' })).toBeVisible();
    expect(await screen.findByText('Gone')).toBeVisible();
    expect(window.location.search).toBe('?query=dog');
  });
});
