import { describe, expect, it } from 'vitest';
import { turned } from './selection';

describe('a selection', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];

  it.each([
    ['takes one', [], 'b', null, ['b']],
    ['leaves one out again', ['a', 'b'], 'b', null, ['a']],
    ['takes all between two rows', ['b'], 'd', 'b', ['b', 'c', 'd']],
    ['takes them upwards too', ['d'], 'a', 'd', ['a', 'b', 'c', 'd']],
    ['leaves a range out', ['a', 'b', 'c', 'd'], 'c', 'a', ['d']],
    ['takes one where the other row is gone', ['z'], 'c', 'z', ['c', 'z']],
  ])('%s', (_, before, id, from, after) => {
    expect([...turned(new Set(before), id, from, ids)].sort()).toEqual(after);
  });
});
