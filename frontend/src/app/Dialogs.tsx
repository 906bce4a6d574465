import pRetry from 'p-retry';
import { useEffect, useState, type ComponentType } from 'react';

/** Shows the dialogs that any part of the page opens: large, and of no use before the page can be seen. */
export function Dialogs() {
  const [Provider, setProvider] = useState<ComponentType | null>(null);
  useEffect(() => {
    // Should it fail for good, the page goes on without dialogs.
    void pRetry(() => import('./DialogsProvider'), { retries: 5 })
      .then((module) => setProvider(() => module.default))
      .catch(() => undefined);
  }, []);
  return Provider && <Provider />;
}
