import { describe, expect, it } from 'vitest';
import { refusalOf } from './refusalOf';

const limits = { types: ['image/jpeg', 'image/png'], endings: ['.jpg'], max_bytes: 100, max_files: 50 };
const file = (size: number, type: string) => new File([new Uint8Array(size)], 'dog', { type });

describe('a file that was chosen', () => {
  it.each([
    'image/jpeg',
    'image/png',
    '',
    'image/jpg',
    'image/pjpeg',
    'image/x-ms-bmp',
    'application/octet-stream',
    'image/x-unheard-of',
  ])('may be sent with the type “%s”', (type) => {
    expect(refusalOf(file(100, type), limits)).toBeNull();
  });

  it('is refused with a reason where it can’t be a picture', () => {
    expect(refusalOf(file(0, 'image/jpeg'), limits)).toBe('The file is empty.');
    expect(refusalOf(file(101, 'image/jpeg'), limits)).toBe(
      'The file has 101 bytes; a picture may have 100 bytes at most.',
    );
    expect(refusalOf(file(10, 'video/quicktime'), limits)).not.toBeNull();
    expect(refusalOf(file(10, 'image/svg+xml'), limits)).not.toBeNull();
    expect(refusalOf(file(10, 'text/plain'), limits)).toBe(
      'Files of type text/plain can’t be shown here. JPEG and PNG can.',
    );
  });
});
