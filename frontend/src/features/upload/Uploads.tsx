import { lazy, Suspense, useEffect } from 'react';
import { usePerson } from '@/api/person';
import { useSettings } from '@/shared/settings';
import { recallUploads, useParkedCount, useUploads } from './uploads';

const fetchPanel = () => import('./UploadPanel');
const UploadPanel = lazy(fetchPanel);

/** The files on their way, which many visitors never have. */
export function Uploads() {
  const person = usePerson();
  const any = useUploads().length > 0;
  const parked = useParkedCount() > 0 && person === null;
  useEffect(() => {
    // Ahead of need, since uploads have to be told of even when the connection is gone.
    void fetchPanel().catch(() => undefined);
  }, []);
  useRecalled(person?.sub ?? null);
  return any || parked ? (
    <Suspense>
      <UploadPanel />
    </Suspense>
  ) : null;
}

/** Asks once per person what was left unsent before a reload. */
function useRecalled(owner: string | null): void {
  const { uploads: limits } = useSettings();
  useEffect(() => recallUploads(owner, limits), [owner, limits]);
}
