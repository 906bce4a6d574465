import { lazy, Suspense, useState } from 'react';
import type { Image } from '@/api/types';
import type { Selection } from '@/shared/selection/selection';
import { SelectionKeys } from '@/shared/selection/SelectionKeys';

const SelectionBar = lazy(() => import('@/shared/selection/SelectionBar'));

interface SelectingProps {
  images: readonly Image[];
  selection: Selection;
}

/** What keys select, and what can be done with what is selected. */
export function Selecting({ images, selection }: SelectingProps) {
  const selects = useSelects(selection);
  return (
    <>
      <SelectionKeys selection={selection} />
      <Suspense>
        {selects && <SelectionBar images={selectedOf(images, selection)} onClear={selection.clear} />}
      </Suspense>
    </>
  );
}

/** Whether anything is or was selected: the bar stays, since it may be at work on what is selected no more. */
function useSelects({ selected }: Selection): boolean {
  const [selects, setSelects] = useState(false);
  if (selected.size > 0 && !selects) setSelects(true);
  return selects;
}

function selectedOf(images: readonly Image[], { selected }: Selection): readonly Image[] {
  return selected.size === 0 ? [] : images.filter(({ id }) => selected.has(id));
}
