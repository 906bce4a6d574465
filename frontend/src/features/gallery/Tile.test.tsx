import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { describe, expect, it } from 'vitest';
import type { Image } from '@/api/types';
import { anImage } from '@/testing/anImage';
import { Tile } from './Tile';

function tileOf(news: Partial<Image>, width: number, height: number): HTMLElement {
  render(
    <MantineProvider>
      <MemoryRouter>
        <Tile
          image={anImage(news)}
          arriving={null}
          width={width}
          height={height}
          selected={false}
          selecting={false}
          onTurn={() => {}}
        />
      </MemoryRouter>
    </MantineProvider>,
  );
  return screen.getByRole('img');
}

describe('a tile', () => {
  it('offers what a screen of any density needs, cropped sides included', () => {
    const panorama = tileOf(
      {
        ...{ width: 16_000, height: 1500 },
        urls: { original: '/o', small: '/s.jpg', medium: '/m.jpg', large: '/l.jpg' },
        sizes: {
          small: { width: 3840, height: 360 },
          medium: { width: 8533, height: 800 },
          large: { width: 11_314, height: 1061 },
        },
      },
      720,
      240,
    );
    expect(panorama).toHaveAttribute('srcset', '/s.jpg 3840w, /m.jpg 8533w, /l.jpg 11314w');
    expect(panorama).toHaveAttribute('sizes', '2560px');
  });

  it('knows the shape of its picture before that has come', () => {
    const photograph = tileOf({ width: 4000, height: 3000 }, 320, 240);
    expect([photograph.getAttribute('width'), photograph.getAttribute('height')]).toEqual(['4000', '3000']);
    expect(photograph.parentElement).toHaveStyle({ aspectRatio: '320 / 240' });
  });

  it('enlarges a picture twice at most', () => {
    expect(tileOf({ width: 32, height: 24 }, 320, 240)).toHaveStyle({ maxWidth: '64px', maxHeight: '48px' });
  });
});
