import { useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import type { Image } from '@/api/types';
import { useSettings } from '@/shared/settings';
import { usePerson } from './person';

export type Visibility = Image['visibility'];

/** Whose the pictures added from now on will be, and who may see them. */
export interface NewPictures {
  readonly owner: string | null;
  readonly visibility: Visibility;
}

interface Choice {
  readonly visibility: Visibility | null;
}

const choice = createStore<Choice>()(
  persist((): Choice => ({ visibility: null }), { name: 'visibility of new pictures' }),
);

/** Remembers in this browser who shall see the pictures that a person adds. */
export function chooseVisibility(visibility: Visibility): void {
  choice.setState({ visibility });
}

/** What becomes of pictures added now: a person's are as visible as they chose, a stranger's are everybody's. */
export function useNewPictures(): NewPictures {
  const { default_visibility } = useSettings();
  const chosen = useStore(choice, ({ visibility }) => visibility);
  const person = usePerson();
  if (person === null) return { owner: null, visibility: 'public' };
  return { owner: person.sub, visibility: chosen ?? default_visibility };
}
