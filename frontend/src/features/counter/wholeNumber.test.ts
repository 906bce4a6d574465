import { describe, expect, it } from 'vitest';
import { grouped, readWholeNumber } from './wholeNumber';

describe('a number that somebody writes', () => {
  it.each([
    ['1000', '1000'],
    [' 1 000\n000 ', '1000000'],
    ['1,000,000', '1000000'],
    ['1.000.000', '1000000'],
    ['12’345', '12345'],
    ['007', '7'],
    ['9'.repeat(1000), '9'.repeat(1000)],
  ])('is read from “%s”', (text, digits) => {
    expect(readWholeNumber(text)).toEqual({ digits });
  });

  it.each([
    '',
    ' ',
    '0',
    '000',
    '-7',
    '+7',
    '1.5',
    '1,5',
    '1,000.000',
    '1e5',
    '٣',
    'seven',
    '9'.repeat(1001),
  ])('is none in “%s”', (text) => {
    expect(readWholeNumber(text)).toHaveProperty('problem');
  });

  it('is written in groups, whatever its length', () => {
    expect(grouped('1234567')).toBe('1,234,567');
    expect(grouped('9007199254740993')).toBe('9,007,199,254,740,993');
  });
});
