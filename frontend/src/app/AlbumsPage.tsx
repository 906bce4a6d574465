import { Albums } from '@/features/albums/Albums';
import { usePerson } from '@/api/person';
import { usePageTitle } from '@/shared/usePageTitle';

/** One's own albums, those that one was let into, and public ones. */
export function AlbumsPage() {
  const person = usePerson();
  usePageTitle('Albums');
  return <Albums key={person?.sub} isSignedIn={person !== null} />;
}
