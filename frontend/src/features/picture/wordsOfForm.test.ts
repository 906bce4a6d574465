import { describe, expect, it } from 'vitest';
import { anImage } from '@/testing/anImage';
import { changeOf, clashingFields, labelsIn, laidOver, writtenOf } from './wordsOfForm';

const nothing = writtenOf(anImage());

describe('what is filled in about a picture', () => {
  const image = anImage({ title: 'Rex' });
  const written = { ...nothing, title: 'Rex' };

  it('changes only what was changed', () => {
    expect(changeOf(image, written)).toEqual({});
    expect(changeOf(image, { ...written, attribution: ' Photo: Ada ' })).toEqual({
      attribution: 'Photo: Ada',
    });
    expect(changeOf(image, { ...written, title: '' })).toEqual({ title: null });
  });

  it('corrects the labels by a list of words, and gives them back to the model by none', () => {
    expect(changeOf(image, { ...written, labels: 'my dog, sofa' })).toEqual({ labels: ['my dog', 'sofa'] });
    const corrected = anImage({ labels: [{ label: 'my dog', probability: 1, source: 'owner' }] });
    expect(changeOf(corrected, { ...nothing, labels: 'my dog' })).toEqual({});
    expect(changeOf(corrected, { ...nothing, labels: ' ' })).toEqual({ labels: null });
  });

  it('says when it was by the clock of the place, and gives the date back to the file', () => {
    const dated = anImage({ taken_at: '2024-07-14T16:20:00', taken_offset: '+02:00', taken_from: 'exif' });
    const before = writtenOf(dated);
    expect(before).toMatchObject({ taken: '2024-07-14T16:20:00', offset: '+02:00' });
    expect(changeOf(dated, { ...before, taken: '2024-07-14T16:20' })).toEqual({});
    expect(changeOf(dated, { ...before, taken: '2019-01-02T03:04' })).toEqual({
      taken_at: '2019-01-02T03:04:00',
    });
    expect(changeOf(dated, { ...before, offset: '' })).toEqual({ taken_offset: null });
    expect(changeOf(dated, { ...before, taken: '', offset: '' })).toEqual({ taken_at: null });
  });

  it('has no date where only the file’s own is known', () => {
    expect(nothing).toMatchObject({ taken: '', offset: '' });
  });

  it('says where it was in degrees, however they are written, and forgets the place', () => {
    const placed = anImage({ location: { latitude: -22.9519, longitude: -43.2105, altitude_m: 709 } });
    const before = writtenOf(placed);
    expect(before.place).toBe('-22.9519, -43.2105');
    expect(changeOf(placed, { ...before, place: '22.9519° S, 43.2105° W' })).toEqual({});
    expect(changeOf(placed, { ...before, place: '48.8584 2.2945' })).toEqual({
      location: { latitude: 48.8584, longitude: 2.2945 },
    });
    expect(changeOf(placed, { ...before, place: ' ' })).toEqual({ location: null });
  });

  it('reads words between commas', () => {
    expect(labelsIn(' my dog,, sofa ,')).toEqual(['my dog', 'sofa']);
  });
});

describe('what two people write of a picture at the same time', () => {
  const mine = (title: string, labels: string) => ({ ...nothing, title, labels });
  const corrected = (label: string) => [{ label, probability: 1, source: 'owner' as const }];
  const base = anImage({ title: 'Rex', labels: corrected('dog') });
  const now = anImage({ title: 'Bello', attribution: 'Ada', labels: corrected('pug') });

  it('clashes where both have changed the same to something else', () => {
    expect(clashingFields(base, now, mine('Max', 'dog'))).toEqual(['title']);
    expect(clashingFields(base, now, mine('Max', 'poodle'))).toEqual(['title', 'labels']);
    expect(clashingFields(base, now, mine(' Bello', ' pug,'))).toEqual([]);
  });

  it('is laid over each other as chosen, and what only one has changed stays', () => {
    const written = mine('Max', 'dog');
    expect(laidOver(base, now, written, new Set())).toEqual({
      ...nothing,
      title: 'Max',
      attribution: 'Ada',
      labels: 'pug',
    });
    expect(laidOver(base, now, written, new Set(['title']))).toMatchObject({ title: 'Bello' });
  });
});
