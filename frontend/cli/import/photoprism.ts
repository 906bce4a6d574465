import { parse } from 'yaml';
import type { Facts } from './facts';

/** An album as PhotoPrism backs it up: its title, and the ids of its pictures. */
export interface BackedUpAlbum {
  title: string;
  description: string;
  pictures: string[];
}

/** What PhotoPrism backs up of a picture, with the id that albums name it by. */
export interface BackedUpPicture {
  id: string;
  facts: Facts;
}

/** Returns what a document of PhotoPrism's says of a picture or an album, or null for any other. */
export function backedUpIn(text: string): BackedUpPicture | BackedUpAlbum | null {
  const document = documentIn(text);
  const { UID, Photos, Title, Caption, Description, TakenAt } = document;
  if (typeof UID !== 'string') return null;
  if (TakenAt === undefined) {
    const pictures = Array.isArray(Photos) ? Photos.map((photo) => wordsIn(recordOf(photo).UID)) : [];
    const ids = pictures.filter((id) => id !== undefined);
    return {
      title: wordsIn(Title) ?? '',
      description: wordsIn(Caption) ?? wordsIn(Description) ?? '',
      pictures: ids,
    };
  }
  return { id: UID, facts: factsOf(document) };
}

function factsOf(document: Record<string, unknown>): Facts {
  const { Title, TitleSrc, Caption, Description, OriginalName, Favorite, Private, DeletedAt, Details } =
    document;
  const { Keywords, Copyright, Artist } = recordOf(Details);
  const moment = momentIn(document.TakenAt);
  // Titles of no source are made up of labels and places.
  const isTheirs = typeof TitleSrc === 'string' && TitleSrc !== '';
  return {
    filename: wordsIn(OriginalName)?.split('/').at(-1),
    title: isTheirs ? wordsIn(Title) : undefined,
    description: wordsIn(Caption) ?? wordsIn(Description),
    attribution: wordsIn(Copyright) ?? wordsIn(Artist),
    taken: moment === null ? undefined : { moment },
    location: locationIn(document),
    keywords: isTheirsAlone(Details) ? (wordsIn(Keywords)?.split(/\s*,\s*/) ?? []) : [],
    favourite: Favorite === true,
    // What PhotoPrism calls archived has this date.
    archived: DeletedAt !== undefined && DeletedAt !== null,
    visibility: Private === true ? 'private' : undefined,
  };
}

/** Whether keywords were typed or stood in the file, not made up of labels and places. */
function isTheirsAlone(details: unknown): boolean {
  const { KeywordsSrc } = recordOf(details);
  return typeof KeywordsSrc === 'string' && KeywordsSrc !== '';
}

function documentIn(text: string): Record<string, unknown> {
  try {
    return recordOf(parse(text, { maxAliasCount: 0 }));
  } catch {
    return {}; // no YAML
  }
}

function momentIn(written: unknown): number | null {
  const moment = typeof written === 'string' ? Date.parse(written) : NaN;
  return Number.isFinite(moment) && new Date(moment).getUTCFullYear() > 1 ? moment : null;
}

function locationIn({ Lat, Lng, Altitude }: Record<string, unknown>): Facts['location'] {
  if (typeof Lat !== 'number' || typeof Lng !== 'number' || (Lat === 0 && Lng === 0)) return undefined;
  return {
    latitude: Lat,
    longitude: Lng,
    altitude_m: typeof Altitude === 'number' && Altitude !== 0 ? Altitude : null,
  };
}

function wordsIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
