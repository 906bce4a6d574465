import { Suspense, useMemo, type ComponentType, type ReactNode } from 'react';
import type { Arriving, Outcomes } from '@/shared/pictures/arriving';
import { useLayout, type TableProps } from '@/shared/pictures/layout';
import { useDeletedIds } from '@/shared/pictures/useDeletedIds';
import { useImages } from '@/shared/pictures/useImages';
import { useView } from '@/shared/pictures/view';
import { ListEnd } from '@/shared/ListEnd';
import { Trouble } from '@/shared/Trouble';
import { awaitedIds, entriesIn, entriesOf, type Entry } from './entries';
import { GridSkeleton } from './GridSkeleton';
import { PhotoGrid, type FootOfTile } from './PhotoGrid';
import { useCaptionWatch } from './useCaptionWatch';

interface GalleryProps {
  arriving: readonly Arriving[];
  /** Told what has become of pictures whose caption was awaited. */
  onSettled: (outcomes: Outcomes) => void;
  /** Stands where there are no pictures. */
  empty: ReactNode;
  /** What stands beneath each picture. */
  Foot?: FootOfTile;
  /** The other way to lay them out. */
  Table: ComponentType<TableProps>;
}

/** The pictures that the address asks for, more of them as one scrolls. */
export function Gallery({ arriving, onSettled, empty, Foot, Table }: GalleryProps) {
  const list = useImages();
  const gone = useDeletedIds();
  const view = useView();
  const [layout] = useLayout();
  const all = useMemo(() => entriesOf(list.data ?? [], arriving, gone), [list.data, arriving, gone]);
  const entries = useMemo(() => entriesIn(view, list.data ?? [], all), [view, list.data, all]);
  useCaptionWatch(awaitedIds(all), onSettled);

  if (list.isPending && entries.length === 0) {
    return <GridSkeleton />;
  }
  if (list.isError && entries.length === 0) {
    return (
      <Trouble
        title="The pictures could not be loaded"
        error={list.error}
        retry={() => void list.refetch()}
      />
    );
  }
  if (entries.length === 0 && !list.hasNextPage) {
    return empty;
  }
  return (
    <>
      {layout === 'grid' ? (
        <PhotoGrid entries={entries} busy={list.isPlaceholderData} Foot={Foot} />
      ) : (
        <Suspense fallback={<GridSkeleton />}>
          <Table {...rowsOf(entries)} more={list.hasNextPage} busy={list.isPlaceholderData} />
        </Suspense>
      )}
      <ListEnd list={list} things="pictures" />
    </>
  );
}

function rowsOf(entries: readonly Entry[]): Pick<TableProps, 'images' | 'arriving'> {
  const images = entries.map(({ image }) => image).filter((image) => image !== null);
  return { images, arriving: entries.length - images.length };
}
