import { XMLParser } from 'fast-xml-parser';
import { takenIn } from './clock';
import type { Facts } from './facts';

/** What XMP calls things (ISO 16684-1, Exif 2.32 for XMP, IPTC); prefixes may be any, but nobody writes others. */
type Properties = Record<string, unknown>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => name === 'rdf:li' || name === 'rdf:Description',
});

/** Returns what an XMP sidecar says of its picture, as Lightroom, digiKam, Apple Photos and Immich write it; null for none. */
export function factsInXmp(text: string): Facts | null {
  const properties = propertiesIn(text);
  if (properties === null) return null;
  const first = (...names: string[]) =>
    names.map((name) => wordsIn(properties[name])).find((words) => words !== undefined);
  const written = [
    'exif:DateTimeOriginal',
    'photoshop:DateCreated',
    'xmp:CreateDate',
    'exif:DateTimeDigitized',
  ];
  const rating = Number(first('xmp:Rating'));
  return {
    title: first('dc:title', 'photoshop:Headline'),
    description: first('dc:description', 'tiff:ImageDescription', 'exif:UserComment'),
    attribution: first('photoshop:Credit', 'dc:rights', 'dc:creator'),
    taken:
      written.map((name) => takenIn(wordsIn(properties[name]) ?? '')).find((taken) => taken !== null) ??
      undefined,
    location: locationIn(properties),
    keywords: keywordsIn(properties),
    rating: Number.isFinite(rating) ? rating : undefined,
    ...ownIn(properties),
  };
}

/** What only this gallery writes. */
function ownIn(properties: Properties): Facts {
  const flag = (name: string) => (wordsIn(properties[`gallery:${name}`]) === 'True' ? true : undefined);
  return { favourite: flag('Favourite'), archived: flag('Archived'), captionHidden: flag('CaptionHidden') };
}

function propertiesIn(text: string): Properties | null {
  try {
    const whole = parser.parse(text) as Properties;
    const rdf = recordOf(recordOf(whole['x:xmpmeta'] ?? whole['x:xapmeta'] ?? whole)['rdf:RDF']);
    const described = rdf['rdf:Description'];
    return Array.isArray(described) ? (Object.assign({}, ...(described as object[])) as Properties) : null;
  } catch {
    return null; // no XML
  }
}

/** Returns a property's words: of an array the first, of alternatives those in the default language. */
function wordsIn(value: unknown): string | undefined {
  const items = itemsIn(value);
  const byDefault = items.find((item) => recordOf(item)['xml:lang'] === 'x-default') ?? items[0];
  const words = typeof byDefault === 'object' ? recordOf(byDefault)['#text'] : byDefault;
  return typeof words === 'string' && words.trim() !== '' ? words.trim() : undefined;
}

function itemsIn(value: unknown): unknown[] {
  const { 'rdf:Alt': alternatives, 'rdf:Bag': bag, 'rdf:Seq': sequence } = recordOf(value);
  const list = recordOf(alternatives ?? bag ?? sequence)['rdf:li'];
  return Array.isArray(list) ? (list as unknown[]) : [value];
}

/** Returns the keywords; of those that are paths, such as “Places|Europe|Rome”, the last part. */
function keywordsIn(properties: Properties): string[] {
  const wordsOf = (name: string) =>
    properties[name] === undefined
      ? []
      : itemsIn(properties[name])
          .map(wordsIn)
          .filter((word) => word !== undefined);
  const flat = wordsOf('dc:subject');
  const paths = [...wordsOf('digiKam:TagsList'), ...wordsOf('lr:hierarchicalSubject')];
  return [...flat, ...paths.map((path) => path.split(/[|/]/).at(-1) ?? path)];
}

function locationIn(properties: Properties): Facts['location'] {
  const degrees = (name: string) =>
    degreesIn(wordsIn(properties[`exif:GPS${name}`]), wordsIn(properties[`exif:GPS${name}Ref`]));
  const [latitude, longitude] = [degrees('Latitude'), degrees('Longitude')];
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return undefined;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  const [metres = '', parts = '1'] = (wordsIn(properties['exif:GPSAltitude']) ?? '').split('/');
  const below = wordsIn(properties['exif:GPSAltitudeRef']) === '1' ? -1 : 1;
  const altitude = metres === '' ? NaN : (below * Number(metres)) / Number(parts);
  return { latitude, longitude, altitude_m: Number.isFinite(altitude) ? altitude : null };
}

/** Reads XMP's own “48,8.25N” and “48,8,15N”, and the plain degrees that Apple and others write instead. */
function degreesIn(written = '', reference = ''): number | null {
  const [, numbers = '', letter = reference] = /^([-\d.,]+)\s*([NSEW])?$/i.exec(written) ?? [];
  const [degrees, minutes = 0, seconds = 0] = numbers.split(',').map(Number);
  if (numbers === '' || degrees === undefined || ![degrees, minutes, seconds].every(Number.isFinite))
    return null;
  const value = Math.abs(degrees) + minutes / 60 + seconds / 3600;
  return degrees < 0 || /[SW]/i.test(letter) ? -value : value;
}

function recordOf(value: unknown): Properties {
  return typeof value === 'object' && value !== null ? (value as Properties) : {};
}
