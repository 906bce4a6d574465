import { describe, expect, it } from 'vitest';
import { addressOf, viewIn, type View } from './view';

const at = (address: string) => viewIn(new URL(address, 'http://gallery.test').searchParams);

describe('the address of a view', () => {
  it.each<View>([
    { kind: 'all' },
    { kind: 'owner', owner: 'anna & co' },
    { kind: 'label', label: 'Labrador retriever' },
    { kind: 'search', query: 'man’s best friend? 100 % + more', min: 0.35 },
    { kind: 'search', query: 'dog', min: 0 },
    { kind: 'similar', id: '01KAGVQ2W3M8Y6Z5T4R7N9P0XC' },
    { kind: 'shelf', shelf: 'trash' },
  ])('shows %o to whoever it is sent', (view) => {
    expect(at(addressOf(view))).toEqual(view);
  });

  it('understands the older name of similar pictures', () => {
    expect(at('/?like=01KAGVQ2W3M8Y6Z5T4R7N9P0XC')).toEqual({
      kind: 'similar',
      id: '01KAGVQ2W3M8Y6Z5T4R7N9P0XC',
    });
  });

  it('narrows words by filters, and asks for one list at a time without either', () => {
    const filters = { owner: 'anna', label: 'dog' };
    expect(at('/?owner=anna&label=dog&q=cat')).toEqual({ kind: 'search', query: 'cat', min: 0, filters });
    expect(at('/?owner=anna&label=dog')).toEqual({ kind: 'label', label: 'dog' });
  });

  it.each<View>([
    { kind: 'search', query: '', min: 0, filters: { type: 'png', from: '2024-07-01' } },
    { kind: 'search', query: '', min: 0, filters: { owner: 'ada' } },
    { kind: 'search', query: 'dog', min: 0, filters: { has_place: 'true' }, words: ['2019', 'by Ada'] },
  ])('keeps filters: %o', (view) => {
    expect(at(addressOf(view))).toEqual(view);
  });

  it.each(['/?q=%20&min=0.5', '/?label=', '/?min=0.5', '/?owner=%20', '/?show=nothing'])(
    'asks for everything where %s says nothing',
    (address) => {
      expect(at(address)).toEqual({ kind: 'all' });
    },
  );

  it.each(['2', '-1', 'much', 'NaN', ''])('finds all where the least score is “%s”', (min) => {
    expect(at(`/?q=dog&min=${min}`)).toMatchObject({ min: 0 });
  });
});
