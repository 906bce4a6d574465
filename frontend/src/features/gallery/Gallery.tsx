import { Suspense, useMemo, useState, type ComponentType, type ReactNode } from 'react';
import type { Image } from '@/api/types';
import type { Arriving, Outcomes } from '@/shared/pictures/arriving';
import { useLayout, type TableProps } from '@/shared/pictures/layout';
import { useDeletedIds } from '@/shared/pictures/useDeletedIds';
import { useImages } from '@/shared/pictures/useImages';
import { useView, type View } from '@/shared/pictures/view';
import { ListEnd } from '@/shared/ListEnd';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { awaitedIds, entriesIn, entriesOf, type Entry } from './entries';
import { FitLess } from './FitLess';
import { GridSkeleton } from './GridSkeleton';
import { PhotoGrid, type FootOfTile } from './PhotoGrid';
import { useCaptionWatch } from './useCaptionWatch';

interface GalleryProps {
  arriving: readonly Arriving[];
  /** Told what has become of pictures whose caption was awaited. */
  onOutcomes: (outcomes: Outcomes) => void;
  /** Stands where there are no pictures. */
  empty: ReactNode;
  /** What stands beneath each picture. */
  Foot?: FootOfTile;
  /** The other way to lay them out. */
  Table: ComponentType<TableProps>;
  /** Which pictures fit less well: they stand below a line, and are shown once one asks for them. */
  fitsLess?: (image: Image) => boolean;
}

/** The pictures that the address asks for, more of them as one scrolls. */
export function Gallery({ arriving, onOutcomes, empty, Foot, Table, fitsLess }: GalleryProps) {
  const list = useImages();
  const gone = useDeletedIds();
  const view = useView();
  const all = useMemo(() => entriesOf(list.data ?? [], arriving, gone), [list.data, arriving, gone]);
  const entries = useMemo(() => entriesIn(view, list.data ?? [], all), [view, list.data, all]);
  const [fitting, less] = useMemo(() => parted(entries, fitsLess), [entries, fitsLess]);
  const [opened, setOpened] = useState<View | null>(null);
  const open = opened === view;
  useCaptionWatch(awaitedIds(all), onOutcomes);

  if (list.isPending && entries.length === 0) {
    return <GridSkeleton />;
  }
  if (list.isError && entries.length === 0) {
    return (
      <ErrorNotice
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
      {fitting.length > 0 && <EntryList entries={fitting} list={list} Foot={Foot} Table={Table} />}
      {less.length > 0 && (
        <FitLess
          count={less.length}
          more={list.hasNextPage}
          alone={fitting.length === 0}
          open={open}
          onToggle={() => setOpened(open ? null : view)}
        >
          <EntryList entries={less} list={list} Foot={Foot} Table={Table} />
        </FitLess>
      )}
      {(open || less.length === 0) && <ListEnd list={list} things="pictures" />}
    </>
  );
}

interface EntryListProps extends Pick<GalleryProps, 'Foot' | 'Table'> {
  entries: readonly Entry[];
  list: Pick<ReturnType<typeof useImages>, 'hasNextPage' | 'isPlaceholderData'>;
}

/** Pictures, laid out in the way that was chosen. */
function EntryList({ entries, list, Foot, Table }: EntryListProps) {
  const [layout] = useLayout();
  return layout === 'grid' ? (
    <PhotoGrid entries={entries} busy={list.isPlaceholderData} Foot={Foot} />
  ) : (
    <Suspense fallback={<GridSkeleton />}>
      <Table {...rowsOf(entries)} more={list.hasNextPage} busy={list.isPlaceholderData} />
    </Suspense>
  );
}

/** Parts the pictures that fit from those that fit less. */
function parted(
  entries: readonly Entry[],
  fitsLess: GalleryProps['fitsLess'],
): [readonly Entry[], readonly Entry[]] {
  const below = ({ image }: Entry) => image !== null && fitsLess?.(image) === true;
  return [entries.filter((entry) => !below(entry)), entries.filter(below)];
}

function rowsOf(entries: readonly Entry[]): Pick<TableProps, 'images' | 'arriving'> {
  const images = entries.map(({ image }) => image).filter((image) => image !== null);
  return { images, arriving: entries.length - images.length };
}
