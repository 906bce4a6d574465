import { Center, EmptyState, Loader, Skeleton } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { IconPhoto } from '@tabler/icons-react';
import { useEffect, useMemo, type ReactNode } from 'react';
import { useMayUpload } from '@/shared/account/rights';
import type { Arriving, Outcomes } from '@/shared/pictures/arriving';
import { useDeletedIds } from '@/shared/pictures/useDeletedIds';
import { useImages } from '@/shared/pictures/useImages';
import { useOwnerFilter } from '@/shared/pictures/useOwnerFilter';
import { Trouble } from '@/shared/Trouble';
import { awaitedIds, entriesOf, isIn } from './entries';
import classes from './Gallery.module.css';
import { PhotoGrid } from './PhotoGrid';
import { useCaptionWatch } from './useCaptionWatch';

interface GalleryProps {
  arriving: readonly Arriving[];
  /** Told what has become of pictures whose caption was awaited. */
  onSettled: (outcomes: Outcomes) => void;
  /** What somebody can do about an empty gallery. */
  invitation: ReactNode;
}

/** All pictures, newest first, more of them as one scrolls. */
export function Gallery({ arriving, onSettled, invitation }: GalleryProps) {
  const list = useImages();
  const gone = useDeletedIds();
  const owner = useOwnerFilter();
  const all = useMemo(() => entriesOf(list.data ?? [], arriving, gone), [list.data, arriving, gone]);
  const entries = useMemo(() => all.filter((entry) => isIn(entry, owner)), [all, owner]);
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
    return <Empty invitation={invitation} />;
  }
  return (
    <>
      <PhotoGrid entries={entries} />
      <ListEnd list={list} />
    </>
  );
}

/** Fetches the next page as the end of the list comes near; says so if that fails. */
function ListEnd({ list }: { list: ReturnType<typeof useImages> }) {
  const { fetchNextPage, hasNextPage, isFetching, isFetchNextPageError, error } = list;
  const { ref, entry } = useIntersection({ rootMargin: '1200px' });
  const near = entry?.isIntersecting ?? false;

  useEffect(() => {
    if (near && hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [near, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);

  return (
    <Center ref={ref} mih={96}>
      {isFetchNextPageError ? (
        <Trouble title="More pictures could not be loaded" error={error} retry={() => void fetchNextPage()} />
      ) : (
        hasNextPage && <Loader type="dots" role="status" aria-label="Loading more pictures" />
      )}
    </Center>
  );
}

function Empty({ invitation }: { invitation: ReactNode }) {
  const mayUpload = useMayUpload();
  return (
    <EmptyState
      className={classes.empty}
      size="lg"
      icon={<IconPhoto stroke={1.25} aria-hidden />}
      title="No pictures yet"
      description={
        mayUpload
          ? 'Drop photographs anywhere on this page, paste one, or choose some. Each gets a caption of its own.'
          : 'Every picture that is added here gets a caption of its own.'
      }
    >
      <EmptyState.Actions>{invitation}</EmptyState.Actions>
    </EmptyState>
  );
}

const SKELETON_WIDTHS = [320, 180, 360, 240, 300, 200, 340, 260];

function GridSkeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-label="Loading the pictures">
      {SKELETON_WIDTHS.map((width) => (
        <Skeleton key={width} height={240} radius="md" style={{ flex: `${width} 1 ${width / 2}px` }} />
      ))}
    </div>
  );
}
