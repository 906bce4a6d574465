import { describe, expect, it } from 'vitest';
import { anImage } from '@/testing/anImage';
import { byteSize, formatName, isolated, nameOf, percent } from './words';

describe('the words of a picture', () => {
  it.each([
    [0, '0 bytes'],
    [1023, '1,023 bytes'],
    [1024, '1 kB'],
    [1536, '1.5 kB'],
    [52_428_800, '50 MB'],
    [3 * 1024 ** 4, '3,072 GB'],
  ])('writes %d bytes as %s', (bytes, words) => {
    expect(byteSize(bytes)).toBe(words);
  });

  it.each([
    [0.714, '71 %'],
    [1, '100 %'],
    [0.004, '< 1 %'],
    [0, '0 %'],
  ])('writes a probability of %d as %s', (probability, words) => {
    expect(percent(probability)).toBe(words);
  });

  it('calls a picture by its title, else its caption, else its file', () => {
    expect(nameOf(anImage({ title: 'Bella' }))).toBe('Bella');
    expect(nameOf(anImage())).toBe('A golden retriever, perhaps a Labrador');
    expect(nameOf(anImage({ caption: null }))).toBe('dog.jpg');
    expect(nameOf(anImage({ caption: null, filename: null }))).toBe('Untitled picture');
  });

  it('isolates a name amid plain text, whatever its direction and whatever it holds', () => {
    expect(`“${isolated('תמונה\u202E 1')}” was deleted`).toBe('“\u2068תמונה 1\u2069” was deleted');
  });

  it('knows media types as people do', () => {
    expect(['image/jpeg', 'image/x-adobe-dng', 'image/svg+xml'].map(formatName)).toEqual([
      'JPEG',
      'DNG',
      'SVG',
    ]);
  });
});
