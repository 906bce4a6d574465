import { EmptyState } from '@mantine/core';
import { IconPhotoSearch } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import type { Image } from '@/api/types';
import { Gallery } from '@/features/gallery/Gallery';
import { FindingsContext } from '@/features/search/findings';
import { FoundFoot } from '@/features/search/FoundFoot';
import { SimilarHead } from '@/features/search/SimilarHead';
import { NothingFound } from '@/features/search/NothingFound';
import { SearchHead } from '@/features/search/SearchHead';
import { Thanks } from '@/features/search/Thanks';
import { useForgetImproved } from '@/features/search/useForgetImproved';
import { applyOutcomes } from '@/features/upload/onPage';
import { useArriving } from '@/features/upload/useArriving';
import { useAnswer, useImages, useMatches } from '@/shared/pictures/useImages';
import { useView, type View } from '@/shared/pictures/view';
import { usePageTitle } from '@/shared/usePageTitle';
import { LazyTable } from './LazyTable';

/** The pictures that fit some words, or that are like another one. */
export default function FoundPictures() {
  const view = useView();
  if (view.kind === 'search') return <SearchResults view={view} />;
  return view.kind === 'similar' && <SimilarPictures id={view.id} />;
}

function SearchResults({ view }: { view: View & { kind: 'search' } }) {
  const { data, hasNextPage, isPlaceholderData, isError, refetch } = useImages();
  const matches = useMatches();
  const { floor, corrected, understood, total } = useAnswer();
  const fitsLess = useCallback(({ id }: Image) => (matches.get(id)?.score ?? 1) < floor, [matches, floor]);
  const fitting = data?.filter((image) => !fitsLess(image)).length ?? null;
  const query = isPlaceholderData ? null : view.query;
  const findings = useMemo(() => ({ matches, query }), [matches, query]);
  usePageTitle(view.query === '' ? 'Chosen pictures' : view.query);
  useForgetImproved(view.query);
  return (
    <FindingsContext value={findings}>
      <SearchHead
        view={view}
        count={isPlaceholderData || isError ? null : view.query === '' && total ? total.count : fitting}
        more={view.query === '' && total ? !total.exact : hasNextPage && fitting === data?.length}
        corrected={isPlaceholderData ? null : corrected}
        understood={isPlaceholderData ? [] : understood}
      />
      <Found empty={<NothingFound view={view} />} fitsLess={fitsLess} />
      <Thanks query={view.query} searchAgain={refetch} />
    </FindingsContext>
  );
}

function SimilarPictures({ id }: { id: string }) {
  return (
    <>
      <SimilarHead id={id} />
      <Found empty={<NothingAlike />} />
    </>
  );
}

interface FoundProps {
  empty: React.ReactNode;
  fitsLess?: (image: Image) => boolean;
}

function Found({ empty, fitsLess }: FoundProps) {
  return (
    <Gallery
      arriving={useArriving()}
      onOutcomes={applyOutcomes}
      empty={empty}
      Foot={FoundFoot}
      Table={LazyTable}
      fitsLess={fitsLess}
    />
  );
}

function NothingAlike() {
  return (
    <EmptyState
      py="xl"
      icon={<IconPhotoSearch stroke={1.25} aria-hidden />}
      title="No picture is like this one"
      description="Pictures are compared once the model has looked at them."
    />
  );
}
