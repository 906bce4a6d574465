import type { UploadLimits } from '@/api/types';
import { byteSize, formatName } from '@/shared/pictures/words';

/** What browsers and file systems say of files that they do not know. */
const TELLS_NOTHING: readonly string[] = [
  '',
  'application/octet-stream',
  'application/unknown',
  'application/x-unknown',
  'binary/octet-stream',
];
/** Types of which the content may be a picture; SVG is a document that runs scripts. */
const RASTER = /^image\/(?!svg)/;

/**
 * Returns why a file need not even be sent, or null.
 *
 * A type is what a file is called, not what it is: one that is empty, generic or unknown is let through, and the
 * gallery looks at the content.
 */
export function refusalOf(file: { size: number; type: string }, limits: UploadLimits): string | null {
  if (file.size === 0) {
    return 'The file is empty.';
  }
  if (file.size > limits.max_bytes) {
    return `The file has ${byteSize(file.size)}; a picture may have ${byteSize(limits.max_bytes)} at most.`;
  }
  if (!TELLS_NOTHING.includes(file.type) && !RASTER.test(file.type) && !limits.types.includes(file.type)) {
    return `Files of type ${file.type} can’t be shown here. ${namesOf(limits.types)} can.`;
  }
  return null;
}

function namesOf(types: readonly string[]): string {
  return new Intl.ListFormat('en').format(types.map(formatName));
}
