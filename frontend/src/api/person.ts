import { useStore } from 'zustand';
import { persist } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';
import type { Person } from './types';

export type { Person };

interface Presence {
  readonly person: Person | null;
  /** Whether whoever was here last didn't leave, but was no longer let in. */
  readonly ended: boolean;
}

const KEY = 'person';

/** Who is signed in, as this browser remembers it; the tokens that prove it are the sign-in library's. */
export const presence = createStore<Presence>()(
  persist((): Presence => ({ person: null, ended: false }), { name: KEY }),
);

/** Signing in or out in one window does so in all. */
window.addEventListener('storage', ({ key }) => {
  if (key === KEY || key === null) void presence.persist.rehydrate();
});

/** Notes who is signed in from now on; the same person as before changes nothing. */
export function setPerson(person: Person | null): void {
  const before = presence.getState().person;
  if (person?.sub !== before?.sub || person?.email !== before?.email || person?.admin !== before?.admin)
    presence.setState({ person, ended: false });
}

/** Notes that the session of whoever was here has ended. */
export function endSession(): void {
  presence.setState({ person: null, ended: true });
}

export function usePerson(): Person | null {
  return useStore(presence, ({ person }) => person);
}
