import type { Image } from '@/api/types';

const NAMESPACES = {
  x: 'adobe:ns:meta/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  digiKam: 'http://www.digikam.org/ns/1.0/',
  gallery: 'urn:neural-gallery:xmp:1.0/',
} as const;
const OF_RDF = ['x', 'rdf'];

/**
 * Writes what a gallery knows of a picture as an XMP sidecar (ISO 16684-1, Exif 2.32 for XMP), as digiKam, exiftool and others read it.
 *
 * A favourite has five stars; what models wrote stands in no field of people's.
 */
export function xmpOf(image: Image): string {
  const taken = `${image.taken_at}${image.taken_offset ?? ''}`;
  const labels = image.labels.filter(({ source }) => source === 'owner').map(({ label }) => label);
  const properties = [
    alternatives('dc:title', image.title),
    alternatives('dc:description', image.description),
    alternatives('dc:rights', image.attribution),
    list('Bag', 'dc:subject', labels),
    list('Seq', 'digiKam:TagsList', labels),
    ...['exif:DateTimeOriginal', 'photoshop:DateCreated', 'xmp:CreateDate'].map((name) =>
      simple(name, taken),
    ),
    ...placeOf(image),
    image.favourite ? simple('xmp:Rating', '5') : '',
    flag('gallery:Favourite', image.favourite),
    flag('gallery:Archived', image.archived),
    flag('gallery:CaptionHidden', image.caption_hidden),
  ].filter((property) => property !== '');
  const used = Object.entries(NAMESPACES).filter(([prefix]) => !OF_RDF.includes(prefix));
  const declared = used.map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`).join(' ');
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    `<x:xmpmeta xmlns:x="${NAMESPACES.x}"><rdf:RDF xmlns:rdf="${NAMESPACES.rdf}">`,
    `<rdf:Description rdf:about="" ${declared}>`,
    ...properties,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="w"?>',
    '',
  ].join('\n');
}

function placeOf({ location }: Image): string[] {
  if (location === null) return [];
  const { latitude, longitude, altitude_m } = location;
  const place = [
    simple('exif:GPSLatitude', degrees(latitude, 'N', 'S')),
    simple('exif:GPSLongitude', degrees(longitude, 'E', 'W')),
  ];
  if (altitude_m === null) return place;
  const centimetres = Math.round(Math.abs(altitude_m) * 100);
  return [
    ...place,
    simple('exif:GPSAltitude', `${centimetres}/100`),
    simple('exif:GPSAltitudeRef', altitude_m < 0 ? '1' : '0'),
  ];
}

/** Writes degrees as XMP does: whole ones, and minutes to a hundredth of a millimetre. */
function degrees(value: number, ahead: string, behind: string): string {
  const minutes = Math.abs(value) * 60;
  const whole = Math.floor(minutes / 60);
  return `${whole},${(minutes - whole * 60).toFixed(8)}${value < 0 ? behind : ahead}`;
}

function simple(name: string, words: string): string {
  return `<${name}>${escaped(words)}</${name}>`;
}

function flag(name: string, is: boolean): string {
  return is ? simple(name, 'True') : '';
}

function alternatives(name: string, words: string | null): string {
  if (words === null) return '';
  return `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${escaped(words)}</rdf:li></rdf:Alt></${name}>`;
}

function list(kind: 'Bag' | 'Seq', name: string, words: readonly string[]): string {
  if (words.length === 0) return '';
  const items = words.map((word) => `<rdf:li>${escaped(word)}</rdf:li>`).join('');
  return `<${name}><rdf:${kind}>${items}</rdf:${kind}></${name}>`;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
