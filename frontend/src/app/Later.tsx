import pRetry from 'p-retry';
import { useEffect, useState, type ComponentType } from 'react';

interface LaterProps {
  /** Resolves when it is time to fetch it. */
  when: () => Promise<void>;
  fetch: () => Promise<{ default: ComponentType }>;
}

/** Shows what is of no use before the page can be seen; should fetching it fail for good, the page goes on without. */
export function Later({ when, fetch }: LaterProps) {
  const [Part, setPart] = useState<ComponentType | null>(null);
  useEffect(() => {
    let isHere = true;
    void when()
      .then(() => (isHere ? pRetry(fetch, { retries: 5 }) : null))
      .then((module) => module && setPart(() => module.default))
      .catch(() => undefined);
    return () => {
      isHere = false;
    };
  }, [when, fetch]);
  return Part && <Part />;
}
