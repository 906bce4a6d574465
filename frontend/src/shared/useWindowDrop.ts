import { useWindowEvent } from '@mantine/hooks';
import { useState } from 'react';

/** Takes in the files that are dropped anywhere in the window; returns whether some are held over it. */
export function useWindowDrop(take: (dropped: DragEvent) => void): boolean {
  const [over, setOver] = useState(false);
  useWindowEvent('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    setOver(true);
  });
  useWindowEvent('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) setOver(false);
  });
  useWindowEvent('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    setOver(false);
    take(event);
  });
  return over;
}

/** Words, too, can be dragged, into the search box for one. */
function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}
