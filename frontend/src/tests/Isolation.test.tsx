import { render, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { anImage } from '@/testing/anImage';
import { serve } from '@/testing/aGallery';
import { App } from '@/app/App';

const NAME = '\u202Eתמונה gnp.exe';
const image = anImage({
  id: '01KAGVQ2W3M8Y6Z5T4R7N9P0X2',
  title: NAME,
  caption: NAME,
  filename: NAME,
  attribution: NAME,
  labels: [{ label: NAME, probability: 0.9, source: 'owner' }],
});
const about = `/images/${image.id}`;
const why = [{ label: NAME, probability: 0.9, relevance: 0.8 }];
const answers = {
  'GET /api/labels': () => ({ labels: [{ label: NAME, count: 2 }] }),
  'GET /api/search': () => ({ query: NAME, results: [{ image, score: 0.9, why }], next_cursor: null }),
  [`GET /api${about}/similar`]: () => ({ results: [{ image, score: 0.9 }], next_cursor: null }),
};
const encoded = encodeURIComponent(NAME);

/** The texts on the page that hold the name and could turn what stands around them. */
function bare(): string[] {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const bare: string[] = [];
  while (texts.nextNode()) {
    const { textContent, parentElement } = texts.currentNode;
    if (textContent?.includes('תמונה') && !parentElement?.closest('bdi, [dir="auto"]'))
      bare.push(textContent);
  }
  return bare;
}

/** The names of things on the page, which isolate nothing. */
function attributes(): string[] {
  return [...document.body.querySelectorAll('[alt], [aria-label]')].flatMap((element) =>
    ['alt', 'aria-label'].map((name) => element.getAttribute(name) ?? ''),
  );
}

describe('names that others gave', () => {
  it.each([
    ['the gallery', '/'],
    ['a picture', about],
    ['the labels', '/labels'],
    ['the pictures of a label', `/?label=${encoded}`],
    ['a search', `/?q=${encoded}`],
    ['similar pictures', `/?similar=${image.id}`],
    ['a mosaic', `${about}/mosaic`],
  ])('are isolated on the page of %s', async (_, address) => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
    serve([image], answers);
    window.history.pushState(null, '', address);
    render(<App />);
    await waitFor(() => expect(document.body.innerHTML).toContain('תמונה'), { timeout: 5000 });
    await screen.findAllByRole('heading', { level: 1 });
    expect(bare()).toEqual([]);
    expect(attributes().filter((text) => text.includes('\u202E'))).toEqual([]);
  });

  it.each([
    ['a label that no picture has', `/?label=${encoded}`, []],
    ['a search that finds nothing', `/?q=${encoded}`, [anImage()]],
  ])('are isolated on the page of %s', async (_, address, images) => {
    vi.spyOn(window, 'scrollTo').mockReturnValue();
    const nothing = () => ({ query: NAME, results: [], next_cursor: null });
    serve(images, { ...answers, 'GET /api/search': nothing });
    window.history.pushState(null, '', address);
    render(<App />);
    await waitFor(() => expect(document.querySelector('bdi')).toHaveTextContent('תמונה'));
    expect(bare()).toEqual([]);
  });
});
