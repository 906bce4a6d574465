import { afterEach, describe, expect, it, vi } from 'vitest';
import { anImage } from '@/testing/anImage';
import { cameraInWords, exposureInWords, placeIn, placeInWords, takenInWords, writtenPlace } from './taken';

const nothing = {
  ...{ make: null, model: null, lens: null, exposure_s: null, f_number: null, iso: null },
  ...{ focal_length_mm: null, focal_length_35mm: null, flash: null },
};

describe('when a picture was taken', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each(['Asia/Tokyo', 'America/Los_Angeles', 'UTC'])(
    'is the clock of the place to a reader in %s',
    (zone) => {
      vi.stubEnv('TZ', zone);
      const image = anImage({ taken_at: '2019-07-14T23:30:00', taken_offset: '+09:00', taken_from: 'exif' });
      expect(takenInWords(image)).toBe('Jul 14, 2019, 11:30 PM\u00A0UTC+09:00');
      expect(takenInWords({ ...image, taken_offset: null })).toBe('Jul 14, 2019, 11:30 PM');
    },
  );

  it.each(['file', 'upload'] as const)('is not said where it is that of the %s', (taken_from) => {
    expect(takenInWords(anImage({ taken_at: '2019-07-14T23:30:00', taken_from }))).toBeNull();
  });

  it('is not said where it can’t be read', () => {
    expect(takenInWords(anImage({ taken_at: 'yesterday', taken_from: 'owner' }))).toBeNull();
  });
});

describe('with what a picture was taken', () => {
  it.each([
    [{ make: 'Canon', model: 'Canon EOS R5' }, 'Canon EOS R5'],
    [{ make: 'Apple', model: 'iPhone 13', lens: 'back camera' }, 'Apple iPhone 13, back camera'],
    [{ model: 'Pixel 4a' }, 'Pixel 4a'],
    [{}, null],
  ])('%o is written %s', (camera, words) => {
    expect(cameraInWords({ ...nothing, ...camera })).toBe(words);
  });

  it.each([
    [
      { exposure_s: 0.004, f_number: 1.8, iso: 100, focal_length_mm: 4.25, focal_length_35mm: 26 },
      '1/250\u00A0s, f/1.8, ISO\u00A0100, 4.3\u00A0mm, as 26\u00A0mm on 35 mm film',
    ],
    [
      { exposure_s: 2.5, f_number: 11, focal_length_mm: 50, focal_length_35mm: 50 },
      '2.5\u00A0s, f/11, 50\u00A0mm',
    ],
    [{}, null],
  ])('%o is written %s', (camera, words) => {
    expect(exposureInWords({ ...nothing, ...camera })).toBe(words);
  });
});

describe('where a picture was taken', () => {
  it.each([
    [48.8584, 2.2945, 35.4, '48.8584° N, 2.2945° E, 35\u00A0m above the sea'],
    [-33.8568, -70.6483, null, '33.8568° S, 70.6483° W'],
    [31.5, 35.48, -430, '31.5000° N, 35.4800° E, 430\u00A0m below the sea'],
  ])('%d, %d at %d m is written %s', (latitude, longitude, altitude_m, words) => {
    expect(placeInWords({ latitude, longitude, altitude_m })).toBe(words);
  });
});

describe('a place that somebody writes', () => {
  it.each([
    ['48.8584, 2.2945', 48.8584, 2.2945],
    [' -22.9519 -43.2105 ', -22.9519, -43.2105],
    ['22.9519° S; 43.2105° w', -22.9519, -43.2105],
    ['90,-180', 90, -180],
  ])('is read from “%s”', (text, latitude, longitude) => {
    expect(placeIn(text)).toEqual({ latitude, longitude });
  });

  it.each(['', 'Paris', '91, 0', '0, 181', '48.8584', '1,2,3', '1e2, 3'])('is none in “%s”', (text) => {
    expect(placeIn(text)).toBeNull();
  });

  it('is written as it is read', () => {
    const place = { latitude: -22.9519, longitude: 0.0000004 };
    expect(writtenPlace(place)).toBe('-22.9519, 0');
    expect(placeIn(writtenPlace(place))).toEqual({ latitude: -22.9519, longitude: 0 });
  });
});
