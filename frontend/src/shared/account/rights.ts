import type { Image, Settings } from '@/api/types';
import { useSettings } from '@/shared/settings';
import { usePerson, type Person } from '@/api/person';

/** Whether somebody may add pictures; a stranger's are public, since nobody owns them. */
export function mayUpload(settings: Settings, person: Person | null): boolean {
  return !settings.demo_only && (person !== null || settings.access === 'open');
}

/** Whether somebody may change or delete a picture: its owner, admins, and anyone in an open gallery if it is nobody's. */
export function mayChange(settings: Settings, person: Person | null, image: Image): boolean {
  if (person !== null && (person.admin || person.sub === image.owner)) return true;
  return settings.access === 'open' && image.owner === null;
}

export function useMayUpload(): boolean {
  return mayUpload(useSettings(), usePerson());
}

export function useMayChange(image: Image): boolean {
  return mayChange(useSettings(), usePerson(), image);
}

/** Whether somebody is told where a picture was taken: its owner and admins. */
export function useMaySeePlace({ owner }: Image): boolean {
  const person = usePerson();
  return person !== null && (person.admin || person.sub === owner);
}
