import { useEffect, useState } from 'react';

type Find = (dropped: DragEvent) => Promise<File[]>;

/** Returns a function that finds the files that are dropped: those in folders too, once the code for that is there. */
export function useDroppedFiles(): Find {
  const [find, setFind] = useState<Find>(() => findFiles);
  useEffect(() => {
    void import('./findInFolders')
      .then(({ findInFolders }) => setFind(() => findInFolders))
      .catch(() => undefined);
  }, []);
  return find;
}

function findFiles({ dataTransfer }: DragEvent): Promise<File[]> {
  return Promise.resolve([...(dataTransfer?.files ?? [])]);
}
