import { useWindowEvent } from '@mantine/hooks';
import { useState } from 'react';

/** Takes in the files that are dropped anywhere in the window; returns whether some are held over it. */
export function useWindowDrop(take: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  useWindowEvent('dragover', (event) => {
    event.preventDefault();
    setOver(true);
  });
  useWindowEvent('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) setOver(false);
  });
  useWindowEvent('drop', (event) => {
    event.preventDefault();
    setOver(false);
    take([...(event.dataTransfer?.files ?? [])]);
  });
  return over;
}
