import { Button, Group, Text } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { IconDownload, IconPhotoPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useState, type ReactNode, type RefObject } from 'react';
import { Problem } from '@/api/problem';
import type { Image } from '@/api/types';
import { Picture } from '@/shared/pictures/Picture';
import { nameOf } from '@/shared/pictures/words';
import { useKeepFocus } from '@/shared/useKeepFocus';
import { Closed } from './Closed';
import { Grid } from './Grid';
import classes from './Guest.module.css';
import { hasAdded, type Link } from './link';
import { monthsOf, undivided, type Month } from './months';
import { usePictures } from './queries';

const Viewer = lazy(() => import('./Viewer').then((module) => ({ default: module.Viewer })));
const DownloadAll = lazy(() => import('./DownloadAll').then((module) => ({ default: module.DownloadAll })));
const AddYours = lazy(() => import('./AddYours').then((module) => ({ default: module.AddYours })));

/** An album as its link shows it: title, cover, what this visit added, and pictures by month. */
export function Album({ link }: { link: Link }) {
  const queries = useQueryClient();
  const [added, setAdded] = useState<readonly string[]>([]);
  const own = usePictures({ mine: true, enabled: hasAdded(), awaited: added });
  const all = usePictures({ mine: false, enabled: link.mode !== 'add_only' });
  const title = useKeepFocus<HTMLHeadingElement>(own.data);
  const problem = all.error ?? own.error;
  const note = useCallback((ids: readonly string[]) => setAdded((before) => [...before, ...ids]), []);
  if (problem instanceof Problem && [401, 404].includes(problem.status)) {
    return <Closed error={problem} retry={() => void queries.resetQueries()} />;
  }
  const ownIds = new Set(own.data?.map(({ id }) => id));
  const others = all.data?.filter(({ id }) => !ownIds.has(id)) ?? [];
  return (
    <>
      <Head link={link} title={title} />
      {link.mode !== 'view' && (
        <Later words="Add yours" icon={<IconPhotoPlus size={18} aria-hidden />}>
          <AddYours onAdded={note} />
        </Later>
      )}
      {link.mode !== 'add_only' && link.downloads !== 'none' && link.album.count > 0 && (
        <Later words="Download all" icon={<IconDownload size={18} aria-hidden />}>
          <DownloadAll title={link.album.title} />
        </Later>
      )}
      <Part link={link} list={own} mine months={yours(own.data ?? [])} />
      <Part
        link={link}
        list={all}
        months={link.album.order === 'taken' ? monthsOf(others) : undivided(others)}
      />
      {problem && <Closed error={problem} retry={() => void queries.resetQueries()} />}
    </>
  );
}

function yours(images: readonly Image[]): Month[] {
  return undivided(images.filter(({ urls }) => urls.small)).map((part) => ({
    ...part,
    name: 'Added by you',
  }));
}

interface HeadProps {
  link: Link;
  title: RefObject<HTMLHeadingElement | null>;
}

function Head({ link: { album, mode }, title }: HeadProps) {
  return (
    <header className={classes.head}>
      {album.cover && (
        <Picture
          className={classes.cover}
          image={album.cover}
          alt={nameOf(album.cover)}
          sizes="min(100vw, 90rem)"
        />
      )}
      <h1 ref={title} tabIndex={-1} className={classes.title} dir="auto">
        {album.title}
      </h1>
      {album.description !== null && (
        <Text className={classes.description} dir="auto">
          {album.description}
        </Text>
      )}
      <Text c="dimmed" size="sm">
        {mode === 'add_only' ? 'Pictures are collected here; you see only your own.' : inAll(album.count)}
      </Text>
    </header>
  );
}

function inAll(count: number): string {
  return count === 1 ? '1 picture' : `${count.toLocaleString('en')} pictures`;
}

interface LaterProps {
  words: string;
  icon: ReactNode;
  children: ReactNode;
}

/** A button in whose place comes what it is for, fetched when it is wanted. */
function Later({ words, icon, children }: LaterProps) {
  const [opened, setOpened] = useState(false);
  const place = useKeepFocus<HTMLDivElement>(opened);
  return opened ? (
    <div ref={place} tabIndex={-1} className={classes.place}>
      <Suspense fallback={null}>{children}</Suspense>
    </div>
  ) : (
    <Button variant="default" mr="sm" mb="lg" leftSection={icon} onClick={() => setOpened(true)}>
      {words}
    </Button>
  );
}

interface PartProps {
  link: Link;
  list: ReturnType<typeof usePictures>;
  months: readonly Month[];
  mine?: boolean;
}

/** Pictures of one list, and the one of them that is open. */
function Part({ link, list, months, mine = false }: PartProps) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const [open, setOpen] = useState<string | null>(null);
  const more = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  return (
    <>
      <Grid months={months} onOpen={({ id }) => setOpen(id)} />
      {hasNextPage && <More act={more} busy={isFetchingNextPage} />}
      {open !== null && (
        <Suspense fallback={null}>
          <Viewer
            images={months.flatMap(({ images }) => images)}
            first={open}
            link={link}
            mine={mine}
            onEnd={more}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </>
  );
}

/** Fetches more as one comes near the end; a button for who does not scroll. */
function More({ act, busy }: { act: () => void; busy: boolean }) {
  const { ref, entry } = useIntersection({ rootMargin: '800px' });
  const near = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (near && !busy) act();
  });
  return (
    <Group ref={ref} justify="center" my="lg">
      <Button variant="default" loading={busy} onClick={act}>
        Show more
      </Button>
    </Group>
  );
}
