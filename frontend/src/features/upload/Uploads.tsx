import { lazy, Suspense, useEffect } from 'react';
import { useUploads } from './uploads';

const fetchPanel = () => import('./UploadPanel');
const UploadPanel = lazy(fetchPanel);

/** The files on their way, which many visitors never have. */
export function Uploads() {
  const any = useUploads().length > 0;
  useEffect(() => {
    // Ahead of need, since uploads have to be told of even when the connection is gone.
    void fetchPanel().catch(() => undefined);
  }, []);
  return any ? (
    <Suspense>
      <UploadPanel />
    </Suspense>
  ) : null;
}
