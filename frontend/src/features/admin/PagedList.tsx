import { Skeleton } from '@mantine/core';
import type { UseInfiniteQueryResult, InfiniteData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ListEnd } from '@/shared/ListEnd';
import { ErrorNotice } from '@/shared/ErrorNotice';

interface PagedListProps<Page, Item> {
  list: UseInfiniteQueryResult<InfiniteData<Page>>;
  /** What it is a list of, as one says “more reports”. */
  things: string;
  itemsOf: (page: Page) => readonly Item[];
  empty: ReactNode;
  children: (items: readonly Item[]) => ReactNode;
}

/** A list that is read page by page: while it is on its way, when it fails, when it is empty, and as it goes on. */
export function PagedList<Page, Item>({
  list,
  things,
  itemsOf,
  empty,
  children,
}: PagedListProps<Page, Item>) {
  if (list.isPending) return <Skeleton height={240} role="status" aria-label={`Loading ${things}`} />;
  if (list.data === undefined)
    return (
      <ErrorNotice
        title={`The ${things} could not be loaded`}
        error={list.error}
        retry={() => void list.refetch()}
      />
    );
  const items = list.data.pages.flatMap(itemsOf);
  if (items.length === 0 && !list.hasNextPage) return empty;
  return (
    <>
      {children(items)}
      <ListEnd list={list} things={things} />
    </>
  );
}
