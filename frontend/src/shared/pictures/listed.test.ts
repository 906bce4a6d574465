import { describe, expect, it } from 'vitest';
import { anImage } from '@/testing/anImage';
import { completed, LISTED_FIELDS } from './listed';

const image = anImage();
const fields = LISTED_FIELDS.split(',');
const listed = Object.fromEntries(Object.entries(image).filter(([name]) => fields.includes(name)));

describe('a picture of a list', () => {
  it('has fields of pictures alone, each once', () => {
    expect(fields.filter((field) => !(field in image))).toEqual([]);
    expect(new Set(fields).size).toBe(fields.length);
  });

  it('has all others too, without anything in them', () => {
    const whole = completed(listed as never);
    expect(Object.keys(whole).sort()).toEqual(Object.keys(image).sort());
    expect(whole).toMatchObject({ id: image.id, urls: image.urls, labels: [], sha256: null });
  });

  it('keeps what came all the same', () => {
    expect(completed(image)).toEqual(image);
  });
});
