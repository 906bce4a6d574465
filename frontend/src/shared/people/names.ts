import type { User } from '@/api/types';

/** What to call somebody in a sentence. */
export function nameOfPerson({ username, display_name }: Pick<User, 'username' | 'display_name'>): string {
  return display_name ?? `@${username}`;
}

/** The first letter of a name as people see it, emoji and accents whole. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter('en').segment(name);
  return first?.segment.toLocaleUpperCase('en') ?? '';
}

/** Where somebody's profile is. */
export function addressOfPerson(username: string): string {
  return `/people/${username}`;
}
