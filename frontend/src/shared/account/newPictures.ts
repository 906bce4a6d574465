import { useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import type { Image } from '@/api/types';
import { useMe } from '@/shared/people/me';
import { presence, usePerson } from './person';

export type Visibility = Image['visibility'];

/** Whose the pictures added from now on will be, and who may see them. */
export interface NewPictures {
  readonly owner: string | null;
  readonly visibility: Visibility;
}

interface Choices {
  /** By the `sub` of whoever chose. */
  readonly visibility: Readonly<Record<string, Visibility>>;
}

const choices = createStore<Choices>()(
  persist((): Choices => ({ visibility: {} }), { name: 'who sees new pictures' }),
);

/** Remembers in this browser who shall see the pictures that the person who is signed in adds. */
export function chooseVisibility(chosen: Visibility): void {
  const { person } = presence.getState();
  if (person === null) return;
  choices.setState(({ visibility }) => ({ visibility: { ...visibility, [person.sub]: chosen } }));
}

/**
 * What becomes of pictures added now: a person's are as visible as they chose in this browser, else as they prefer
 * anywhere, and private while that isn't known; a stranger's are everybody's.
 */
export function useNewPictures(): NewPictures {
  const preferred = useMe().data?.default_visibility;
  const person = usePerson();
  const chosen = useStore(choices, ({ visibility }) => person && visibility[person.sub]);
  if (person === null) return { owner: null, visibility: 'public' };
  return { owner: person.sub, visibility: chosen ?? preferred ?? 'private' };
}
