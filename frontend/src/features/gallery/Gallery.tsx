import { lazy, Suspense, useMemo, useState, type ComponentType, type ReactNode } from 'react';
import type { Image } from '@/api/types';
import type { Arriving, Outcomes } from '@/shared/pictures/arriving';
import { useLayout } from '@/shared/pictures/layout';
import { useDeletedIds } from '@/shared/pictures/useDeletedIds';
import { useImages } from '@/shared/pictures/useImages';
import { useDatedView } from '@/shared/pictures/useMonths';
import { useView, type View } from '@/shared/pictures/view';
import { useSelection, type Selection } from '@/shared/selection/selection';
import type { TableProps } from '@/shared/selection/table';
import { ListEnd } from '@/shared/ListEnd';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { awaitedIds, entriesIn, entriesOf, type Entry } from './entries';
import { GridSkeleton } from './GridSkeleton';
import { MonthGallery } from './MonthGallery';
import { PhotoGrid, type FootOfTile } from './PhotoGrid';
import { Selecting } from './Selecting';
import { useCaptionWatch } from './useCaptionWatch';
import type { OnMove } from './useReordering';

const FitLess = lazy(() => import('./FitLess'));

export interface GalleryProps {
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
  /** Moves pictures within their order, where it is made by hand. */
  onMove?: OnMove | undefined;
}

/** The pictures that the address asks for: by month, or in a list that grows as one scrolls. */
export function Gallery(props: GalleryProps) {
  return useDatedView() === null ? <ListGallery {...props} /> : <MonthGallery {...props} />;
}

/** Pictures in the order of a list, more of them as one scrolls. */
function ListGallery({ arriving, onOutcomes, empty, Foot, Table, fitsLess, onMove }: GalleryProps) {
  const list = useImages();
  const gone = useDeletedIds();
  const view = useView();
  const all = useMemo(() => entriesOf(list.data ?? [], arriving, gone), [list.data, arriving, gone]);
  const entries = useMemo(() => entriesIn(view, list.data ?? [], all), [view, list.data, all]);
  const [fitting, less] = useMemo(() => parted(entries, fitsLess), [entries, fitsLess]);
  const [opened, setOpened] = useState<View | null>(null);
  const open = opened === view;
  const ids = useMemo(() => idsIn(open ? [...fitting, ...less] : fitting), [fitting, less, open]);
  const selection = useSelection(ids);
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
      {fitting.length > 0 && (
        <EntryList
          {...{ list, selection, Foot, Table, onMove }}
          entries={fitting}
          more={list.hasNextPage && less.length === 0}
        />
      )}
      {less.length > 0 && (
        <Suspense>
          <FitLess
            count={less.length}
            more={list.hasNextPage}
            alone={fitting.length === 0}
            open={open}
            onToggle={() => setOpened(open ? null : view)}
          >
            <EntryList {...{ list, selection, Foot, Table }} entries={less} more={list.hasNextPage} />
          </FitLess>
        </Suspense>
      )}
      {(open || less.length === 0) && <ListEnd key={list.data?.length} list={list} things="pictures" />}
      <Selecting images={list.data ?? []} selection={selection} />
    </>
  );
}

function idsIn(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ image }) => (image ? [image.id] : []));
}

interface EntryListProps extends Pick<GalleryProps, 'Foot' | 'Table' | 'onMove'> {
  entries: readonly Entry[];
  list: Pick<ReturnType<typeof useImages>, 'isPlaceholderData'>;
  /** Whether more of them are to come. */
  more: boolean;
  selection: Selection;
}

/** Pictures, laid out in the way that was chosen. */
function EntryList({ entries, list, more, selection, Foot, Table, onMove }: EntryListProps) {
  const [layout] = useLayout();
  return layout === 'grid' ? (
    <PhotoGrid {...{ entries, more, selection, Foot, onMove }} busy={list.isPlaceholderData} />
  ) : (
    <Suspense fallback={<GridSkeleton />}>
      <Table {...rowsOf(entries)} {...{ more, selection }} busy={list.isPlaceholderData} />
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
