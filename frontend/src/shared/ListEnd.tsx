import { Center, Loader } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ErrorNotice } from './ErrorNotice';

type Pages = Pick<
  UseInfiniteQueryResult,
  'fetchNextPage' | 'hasNextPage' | 'isFetching' | 'isFetchNextPageError' | 'error'
>;

interface ListEndProps {
  list: Pages;
  /** What it is a list of, as one says “more pictures”. */
  things: string;
}

/** Fetches the next page as the end of the list comes near; says so if that fails. */
export function ListEnd({ list, things }: ListEndProps) {
  const { fetchNextPage, hasNextPage, isFetching, isFetchNextPageError, error } = list;
  const { ref, entry } = useIntersection({ rootMargin: '1200px' });
  const near = entry?.isIntersecting ?? false;

  useEffect(() => {
    if (near && hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [near, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);

  return (
    <Center ref={ref} mih={96}>
      {isFetchNextPageError ? (
        <ErrorNotice
          title={`More ${things} could not be loaded`}
          error={error}
          retry={() => void fetchNextPage()}
        />
      ) : (
        hasNextPage && <Loader type="dots" role="status" aria-label={`Loading more ${things}`} />
      )}
    </Center>
  );
}
