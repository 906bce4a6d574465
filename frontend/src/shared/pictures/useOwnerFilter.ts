import { useSearchParams } from 'react-router';

/** Whose pictures alone the address asks for (`?owner=`), null for everybody's. */
export function useOwnerFilter(): string | null {
  const [parameters] = useSearchParams();
  return parameters.get('owner') ?? null;
}

/** The address of one owner's pictures. */
export function addressOfOwner(owner: string): string {
  return `/?owner=${encodeURIComponent(owner)}`;
}
