import { useState } from 'react';
import { useWhenQuiet } from '@/shared/whenQuiet';

type Find = (dropped: DragEvent) => Promise<File[]>;

/** Returns a function that finds the files that are dropped: those in folders too, once the code for that is there. */
export function useDroppedFiles(): Find {
  const [find, setFind] = useState<Find>(() => findFiles);
  useWhenQuiet(async () => {
    const { findInFolders } = await import('./findInFolders');
    setFind(() => findInFolders);
  });
  return find;
}

function findFiles({ dataTransfer }: DragEvent): Promise<File[]> {
  return Promise.resolve([...(dataTransfer?.files ?? [])]);
}
