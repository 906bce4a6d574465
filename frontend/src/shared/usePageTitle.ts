import { useEffect } from 'react';

/** Calls the window by what it shows. */
export function usePageTitle(name: string | undefined): void {
  useEffect(() => {
    const before = document.title;
    if (name) document.title = `${name} · Neural Gallery`;
    return () => {
      document.title = before;
    };
  }, [name]);
}
