import { describe, expect, it } from 'vitest';
import { albumIn, Documents, factsIn, isNoAlbum, uneditedName } from './takeout';
import { document } from './testing';

/** Returns which document of a folder is a picture's; each stands for its own name. */
function sidecarOf(
  picture: string,
  documents: readonly string[],
  titles: Record<string, string> = {},
): string | null {
  const all = new Documents<string>();
  for (const name of documents) all.add(name, titles[name] ?? '', name);
  return all.find(picture);
}

describe('the document of a picture', () => {
  it.each([
    // older and newer archives
    ['IMG_1.jpg', 'IMG_1.jpg.json'],
    ['IMG_1.jpg', 'IMG_1.jpg.supplemental-metadata.json'],
    // “supplemental-metadata” cut anywhere
    ['D7157814-D2D5-4A62-AFCE-9CF465CB7D66.jpeg', 'D7157814-D2D5-4A62-AFCE-9CF465CB7D66.jpeg.supp.json'],
    ['Screenshot_2016-07-09-18-01-30.png', 'Screenshot_2016-07-09-18-01-30.png.supplementa.json'],
    [
      'IMG-20190720-WA0001_1234567890_abcdefghijkl.jpg',
      'IMG-20190720-WA0001_1234567890_abcdefghijkl.jp.json',
    ],
    ['a_name_of_forty_four_characters_0123456789.jpg', 'a_name_of_forty_four_characters_0123456789.jpg.json'],
    ['a_name_of_forty_four_characters_012345678.jpg', 'a_name_of_forty_four_characters_012345678.jpg..json'],
    ['a_name_of_forty_four_characters_01234567.jpg', 'a_name_of_forty_four_characters_01234567.jpg.s.json'],
    ['IMG_1.jpg', 'IMG_1.jpg.suppl.json'],
    // the picture's own name cut
    [
      'Urlaub in Knaufspesch in der Schneifel (38).JPG',
      'Urlaub in Knaufspesch in der Schneifel (38).JP.json',
    ],
    [
      'Screenshot_20220207_102421_com.snapchat.android.jpg',
      'Screenshot_20220207_102421_com.snapchat.androi.json',
    ],
    // numbers of namesakes before and behind
    ['IMG_3479(1).JPG', 'IMG_3479.JPG(1).json'],
    ['IMG_3479(1).JPG', 'IMG_3479(1).JPG.json'],
    ['IMG_3479(2).JPG', 'IMG_3479.JPG.supplemental-metadata(2).json'],
    ['IMG_3479(2).JPG', 'IMG_3479(2).JPG.supplemental-metadata.json'],
    ['img(18).jpg', 'img(18).jpg.supple(18).json'],
    [
      'Screenshot_2022-04-21_abb9c8060a0a12c5ac89e934e5(1).jpg',
      'Screenshot_2022-04-21_abb9c8060a0a12c5ac89e934(1).json',
    ],
    [
      '123456789123456789123456789123456_DSCN0091(1).JPG',
      '123456789123456789123456789123456_DSCN0091.JPG(1).json',
    ],
    // without the picture's ending
    ['IMG_1.jpg', 'IMG_1.json'],
    ['IMG_1(1).jpg', 'IMG_1(1).json'],
    // of the picture whose edited copy or film it is
    ['IMG_1-edited.jpg', 'IMG_1.jpg.supplemental-metadata.json'],
    ['IMG_1-bearbeitet(1).jpg', 'IMG_1.jpg.supplemental-metadata(1).json'],
    ['PXL_1.PORTRAIT-modifié.jpg', 'PXL_1.PORTRAIT.jpg.json'],
    ['IMG_1-編集済み.jpg', 'IMG_1.HEIC.supplemental-metadata.json'],
    ['IMG_5580.MP4', 'IMG_5580.HEIC.json'],
    ['MVIMG_20180722_120942', 'MVIMG_20180722_120942.jpg.json'],
    [
      '123456789123456789123456789123456_DSCN0091-ha edit.JPG',
      '123456789123456789123456789123456_DSCN0091.JPG.json',
    ],
    ['no ending', 'no ending.supplemental-metadata.json'],
  ])('of %s is %s', (picture, name) => {
    const others = [
      'IMG_10.jpg.json',
      'IMG_3479.JPG.json',
      'Urlaub in Knaufspesch in der Schneifel (39).JP.json',
      'img.jpg.supple.json',
    ];
    expect(sidecarOf(picture, [...others, name])).toBe(name);
    expect(sidecarOf(picture, [name, ...others])).toBe(name);
  });

  it('is nobody else’s', () => {
    expect(
      sidecarOf('IMG_1.jpg', ['IMG_10.jpg.json', 'IMG_1(1).jpg.json', 'IMG_1.jpg(1).json', 'IMG_.jpg.json']),
    ).toBeNull();
    expect(sidecarOf('IMG_1(1).jpg', ['IMG_1.jpg.json', 'IMG_1.jpg(2).json'])).toBeNull();
  });

  it('is the one that names the picture, where two were cut to the same beginning', () => {
    const name = 'Screenshot_20220207_102421_com.snapchat.androi';
    const titles = { [`${name}.json`]: `${name}d_1.jpg`, [`${name}(1).json`]: `${name}d_2.jpg` };
    expect(sidecarOf(`${name}d_2.jpg`, Object.keys(titles), titles)).toBe(`${name}(1).json`);
    expect(sidecarOf(`${name}d_1.jpg`, Object.keys(titles), titles)).toBe(`${name}.json`);
  });

  it('is found by its own name for the picture, whatever the file system could not write of it', () => {
    const name = 'What a day_ said Anna & Ben at the sea';
    const titles = { [`${name}.js.json`]: 'What a day? said Anna & Ben at the sea.js' };
    expect(sidecarOf('What a day_ said Anna & Ben at the sea.js.jpg', Object.keys(titles), titles)).toBe(
      `${name}.js.json`,
    );
  });
});

describe('an edited copy', () => {
  it.each([
    ['a-edited.jpg', 'a.jpg'],
    ['a-EDITED(2).jpg', 'a(2).jpg'],
    ['a-modifie\u0301.jpg', 'a.jpg'],
    ['a-отредактировано.jpg', 'a.jpg'],
    ['a-effects.jpg', 'a.jpg'],
    ['sunset.jpg', null],
    ['well-edi.jpg', null],
  ])('%s is one of %s', (name, original) => {
    expect(uneditedName(name)).toBe(original);
  });
});

describe('a document', () => {
  it('tells when and where, what was written and what became of a picture', () => {
    const geoData = { latitude: 48.1, longitude: 11.5, altitude: 520 };
    const more = {
      description: 'At the lake',
      geoData,
      favorited: true,
      archived: true,
      trashed: true,
      inLockedFolder: true,
    };
    expect(factsIn(document('a.jpg', more))).toEqual({
      filename: 'a.jpg',
      description: 'At the lake',
      taken: { moment: 1600596727000 },
      location: { latitude: 48.1, longitude: 11.5, altitude_m: 520 },
      favourite: true,
      archived: true,
      trashed: true,
      locked: true,
    });
  });

  it('takes the camera’s place where Google has none, and none for 0° 0°', () => {
    const camera = { geoDataExif: { latitude: -33.9, longitude: 18.4, altitude: 0 } };
    expect(factsIn(document('a.jpg', camera))?.location).toEqual({
      latitude: -33.9,
      longitude: 18.4,
      altitude_m: null,
    });
    expect(factsIn(document('a.jpg'))?.location).toBeUndefined();
  });

  it.each([[null], [[]], ['text'], [{}], [{ title: 'Comments' }], [{ title: 7, photoTakenTime: {} }]])(
    '%j is of no picture',
    (other) => {
      expect(factsIn(other)).toBeNull();
    },
  );

  it('tells an album by old and new ways', () => {
    const album = {
      title: 'Summer',
      description: 'By the sea',
      access: 'protected',
      date: { timestamp: '1672477816' },
    };
    expect(albumIn(album)).toEqual({ title: 'Summer', description: 'By the sea' });
    expect(albumIn({ albumData: album, media: [] })).toEqual({ title: 'Summer', description: 'By the sea' });
    expect(albumIn(document('a.jpg'))).toBeNull();
  });
});

describe('a folder', () => {
  it.each([
    'Photos from 2023', 'Fotos von 2024', 'Fotos de 2020', 'Photos de 2019', 'Foto dal 2018', 'Zdjęcia z 2021', 'Фото за 2019',
    '2023 年的照片', '2023年の写真', '2019-07-14', '2019-07-14 #2', '2005-02-05', 'Archive', 'Papierkorb', 'Trash', '',
  ])('called %s is no album', (title) => expect(isNoAlbum(title)).toBe(true)); // prettier-ignore

  it.each(['Hawaii 2019', 'Christmas 2018', 'Summer', 'Photos of Anna', 'Trash art'])(
    'called %s is one',
    (title) => expect(isNoAlbum(title)).toBe(false),
  );
});
