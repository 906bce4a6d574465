import { lazy, Suspense, useEffect } from 'react';
import { usePerson } from '@/api/person';
import { useSettings } from '@/shared/settings';
import { useWhenQuiet, whenQuiet } from '@/shared/whenQuiet';
import { fetchUploads, useParkedCount, useUploads } from './onPage';

const fetchPanel = () => import('./UploadPanel');
const UploadPanel = lazy(fetchPanel);

/** The files on their way, which many visitors never have. */
export function Uploads() {
  const person = usePerson();
  const any = useUploads().length > 0;
  const parked = useParkedCount() > 0 && person === null;
  // Ahead of need, since uploads have to be told of even when the connection is gone.
  useWhenQuiet(fetchPanel);
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
  useEffect(() => {
    let isHere = true;
    void whenQuiet()
      .then(() => (isHere ? fetchUploads() : null))
      .then((uploads) => uploads?.recallUploads(owner, limits))
      .catch(() => undefined);
    return () => {
      isHere = false;
    };
  }, [owner, limits]);
}
