import { describe, expect, it } from 'vitest';
import { anImage } from '@/shared/pictures/anImage';
import { changeOf, labelsIn } from './wordsOfForm';

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
