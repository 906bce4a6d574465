import { describe, expect, it } from 'vitest';
import { anImage } from '@/testing/anImage';
import { changeOf, clashingFields, labelsIn, laidOver } from './wordsOfForm';

describe('what is filled in about a picture', () => {
  const image = anImage({ title: 'Rex' });
  const written = { title: 'Rex', attribution: '', labels: '' };

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
    expect(changeOf(corrected, { title: '', attribution: '', labels: 'my dog' })).toEqual({});
    expect(changeOf(corrected, { title: '', attribution: '', labels: ' ' })).toEqual({ labels: null });
  });

  it('reads words between commas', () => {
    expect(labelsIn(' my dog,, sofa ,')).toEqual(['my dog', 'sofa']);
  });
});

describe('what two people write of a picture at the same time', () => {
  const mine = (title: string, labels: string) => ({ title, attribution: '', labels });
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
      title: 'Max',
      attribution: 'Ada',
      labels: 'pug',
    });
    expect(laidOver(base, now, written, new Set(['title']))).toMatchObject({ title: 'Bello' });
  });
});
