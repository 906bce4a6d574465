import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { idIn, namesFor } from './names';
import { idOf } from './testing';

const id = idOf(1);
const plain = (given: string) => namesFor(id, given).plain;

describe('the name of a downloaded file', () => {
  it('is the picture’s own where that is harmless', () => {
    expect(plain('My cat (2).JPG')).toBe('My cat (2).JPG');
    expect(plain('Kätzchen 猫.png')).toBe('Kätzchen 猫.png');
  });

  it.each([
    '../../etc/passwd',
    '..',
    '.',
    '',
    '/etc/passwd',
    'C:\\Windows\\system.ini',
    '..\\..\\x.png',
    'a\u0000b.png',
    '.bashrc',
    '-rf.png',
    '~root.png',
    'con.jpg',
    'x'.repeat(300),
    `a.${'x'.repeat(300)}`,
    '猫'.repeat(200),
    '\u202Egpj.exe',
    '\u001B[31mred.png',
    '\uD800.png',
  ])('is safe for %j', (given) => {
    for (const name of Object.values(namesFor(id, given)) as string[]) {
      expect(resolve('/folder', name)).toBe(join('/folder', name));
      expect(name).toMatch(/^[^\p{C}/\\:.~-][^\p{C}/\\:]*$/u);
      expect(Buffer.byteLength(name)).toBeLessThan(256);
      expect(name).not.toMatch(/^con\b/i);
    }
  });

  it('can be told from every other picture’s', () => {
    const { unique } = namesFor(id, 'cat.jpg');
    expect(unique).toBe(`cat-${id}.jpg`);
    expect(idIn(unique)).toBe(id);
    expect(idIn('cat.jpg')).toBeNull();
  });

  it('can’t pass for another picture’s', () => {
    expect(idIn(plain(`cat-${idOf(2)}.jpg`))).toBe(id);
  });
});
