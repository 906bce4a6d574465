import { notifications } from '@mantine/notifications';
import { useCallback, useMemo } from 'react';
import { inWords } from '@/api/problem';
import { ErrorNotice } from '@/shared/ErrorNotice';
import type { Month } from '@/shared/pictures/months';
import { useDeletedIds } from '@/shared/pictures/useDeletedIds';
import { useDatedView, useMonths, type PicturesOfMonth } from '@/shared/pictures/useMonths';
import { useView } from '@/shared/pictures/view';
import { useSelection } from '@/shared/selection/selection';
import { awaitedIds, entriesIn, entriesOf } from './entries';
import type { GalleryProps } from './Gallery';
import { GridSkeleton } from './GridSkeleton';
import { MonthGrid } from './MonthGrid';
import { Selecting } from './Selecting';
import { useCaptionWatch } from './useCaptionWatch';

/** The pictures by the month in which they were taken, over the whole time that there are any of. */
export function MonthGallery({
  arriving,
  onOutcomes,
  empty,
}: Pick<GalleryProps, 'arriving' | 'onOutcomes' | 'empty'>) {
  const view = useView();
  const { months: known, ask, whole, isPending, error, refetch } = useMonths(useDatedView());
  const gone = useDeletedIds();
  const months = useMemo(() => without(gone, known), [gone, known]);
  const images = useMemo(() => months.flatMap((month) => month.images), [months]);
  const all = useMemo(() => entriesOf(images, arriving, gone), [images, arriving, gone]);
  const early = useMemo(() => entriesIn(view, [], all).filter(({ image }) => image === null), [view, all]);
  const selection = useSelection(useMemo(() => images.map(({ id }) => id), [images]));
  const { put } = selection;
  const choose = useCallback(
    (month: Month, isChosen: boolean) => {
      whole(month).then(
        (pictures) =>
          put(
            pictures.map(({ id }) => id),
            isChosen,
          ),
        (problem: unknown) =>
          notifications.show({
            color: 'red',
            title: 'Not all pictures could be selected',
            message: inWords(problem),
          }),
      );
    },
    [whole, put],
  );
  useCaptionWatch(awaitedIds(all), onOutcomes);
  if (isPending) return <GridSkeleton />;
  if (error && months.length === 0 && early.length === 0)
    return (
      <ErrorNotice title="The pictures could not be loaded" error={error} retry={() => void refetch()} />
    );
  if (months.length === 0 && early.length === 0) return empty;
  return (
    <>
      <MonthGrid {...{ months, early, arriving, selection }} onAsk={ask} onChoose={choose} />
      <Selecting images={images} selection={selection} />
    </>
  );
}

/** Returns months without the pictures that were deleted on this page, and without months of which nothing is left. */
function without(gone: ReadonlySet<string>, months: readonly PicturesOfMonth[]): readonly PicturesOfMonth[] {
  if (gone.size === 0) return months;
  return months
    .map((month) => {
      const images = month.images.filter(({ id }) => !gone.has(id));
      return { ...month, images, count: month.count - (month.images.length - images.length) };
    })
    .filter(({ count }) => count > 0);
}
