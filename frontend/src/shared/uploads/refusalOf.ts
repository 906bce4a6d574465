import type { UploadLimits } from '@/api/types';
import { byteSize, formatName } from '@/shared/pictures/words';

/** Returns why a file need not even be sent, or null; an empty type is one that nobody knows. */
export function refusalOf(file: { size: number; type: string }, limits: UploadLimits): string | null {
  if (file.size === 0) {
    return 'The file is empty.';
  }
  if (file.size > limits.max_bytes) {
    return `The file has ${byteSize(file.size)}; a picture may have ${byteSize(limits.max_bytes)} at most.`;
  }
  if (file.type !== '' && !limits.types.includes(file.type)) {
    return `Files of type ${file.type} can’t be shown here. ${namesOf(limits.types)} can.`;
  }
  return null;
}

function namesOf(types: readonly string[]): string {
  return new Intl.ListFormat('en').format(types.map(formatName));
}
