import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { describe, expect, it } from 'vitest';
import type { Reason } from '@/api/types';
import { anImage } from '@/testing/anImage';
import { WhyChips } from './WhyChips';

const reason = (label: string, probability: number, relevance = 1): Reason => ({
  label,
  probability,
  relevance,
});

describe('why a picture was found', () => {
  const show = (why: readonly Reason[]) =>
    render(
      <MantineProvider>
        <MemoryRouter>
          <WhyChips image={anImage()} why={why} />
        </MemoryRouter>
      </MantineProvider>,
    );
  const words = () => screen.queryAllByRole('listitem').map(({ textContent }) => textContent);

  it('is told by its weightiest labels, with how likely each is', () => {
    show([
      reason('golden retriever', 0.71),
      reason('sofa', 0.9, 0.5),
      reason('dog', 0.4),
      reason('cat', 0.3),
    ]);
    expect(words()).toEqual(['golden retriever, 71 % likely', 'sofa, 90 % likely', 'dog, 40 % likely']);
  });

  it('leaves out what hardly counts', () => {
    show([reason('golden retriever', 0.71), reason('Labrador retriever', 0.004), reason('sofa', 0.9, 0.01)]);
    expect(words()).toEqual(['golden retriever, 71 % likely']);
  });

  it('leads to the pictures of a label, where it is one', () => {
    show([reason('golden retriever', 0.71), reason('best friend', 0.5)]);
    const links = screen.getAllByRole('link');
    expect(links.map((link) => link.getAttribute('href'))).toEqual(['/?label=golden+retriever']);
  });

  it('is not asked where nothing is told', () => {
    show([]);
    expect(screen.queryByRole('list')).toBeNull();
  });
});
