import type { Image } from '@/api/types';
import { useMe } from '@/shared/people/me';
import { usePerson } from '@/api/person';

export type Visibility = Image['visibility'];

/** Whose the pictures added from now on will be, and who may see them. */
export interface NewPictures {
  readonly owner: string | null;
  readonly visibility: Visibility;
}

/**
 * What becomes of pictures added now: a person's are as visible as their account prefers, and private while that isn't
 * known; a stranger's are everybody's.
 */
export function useNewPictures(): NewPictures {
  const preferred = useMe().data?.default_visibility;
  const person = usePerson();
  if (person === null) return { owner: null, visibility: 'public' };
  return { owner: person.sub, visibility: preferred ?? 'private' };
}
