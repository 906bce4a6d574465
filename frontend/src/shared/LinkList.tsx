import { Alert, Skeleton, Text } from '@mantine/core';
import { useRef, type ReactNode, type RefObject } from 'react';
import { inWords } from '@/api/problem';
import classes from './LinkList.module.css';

interface LinkListProps<Link> {
  list: { readonly data: readonly Link[] | undefined; readonly isPending: boolean; readonly error: unknown };
  /** What went wrong with a link, before what went wrong with the list. */
  error: unknown;
  /** What is written where there are none. */
  none: string;
  place: RefObject<HTMLDivElement | null>;
  children: (link: Link) => ReactNode;
}

/** The links that open something at present. */
export function LinkList<Link>({ list, error, none, place, children }: LinkListProps<Link>) {
  const failure = error ?? (list.data ? null : list.error);
  return (
    <>
      {failure !== null && failure !== undefined && <Alert color="red">{inWords(failure)}</Alert>}
      {list.isPending && <Skeleton height={64} role="status" aria-label="Loading the links" />}
      <div ref={place} tabIndex={-1} className={classes.shown}>
        <ul className={classes.links} aria-label="Links" aria-live="polite">
          {list.data?.map(children)}
        </ul>
        {list.data?.length === 0 && (
          <Text size="sm" c="dimmed">
            {none}
          </Text>
        )}
      </div>
    </>
  );
}

/** Where the focus goes from a button that waits or is gone: the list, and how to lead it there. */
export function useLinkList() {
  const place = useRef<HTMLDivElement>(null);
  return { place, lead: { onSuccess: () => place.current?.focus() } };
}
