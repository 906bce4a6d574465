import { Button, Group, Text } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Problem } from '@/api/problem';
import type { Image } from '@/api/types';
import { Picture } from '@/shared/pictures/Picture';
import { nameOf } from '@/shared/pictures/words';
import { Grid } from './Grid';
import { Closed } from './Guest';
import classes from './Guest.module.css';
import type { Link } from './link';
import { monthsOf, undivided } from './months';
import { picturesKey, usePictures } from './queries';

const Viewer = lazy(() => import('./Viewer').then((module) => ({ default: module.Viewer })));

/** An album as its link shows it: title, cover, pictures by month. */
export function Album({ link }: { link: Link }) {
  const queries = useQueryClient();
  const { data: images = [], error, hasNextPage, isFetchingNextPage, fetchNextPage } = usePictures(false);
  const [open, setOpen] = useState<string | null>(null);
  const more = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  if (error instanceof Problem && [401, 404].includes(error.status)) {
    return <Closed error={error} retry={() => void queries.resetQueries()} />;
  }
  const months =
    link.album.order === 'taken' && link.mode !== 'add_only' ? monthsOf(images) : undivided(images);
  return (
    <>
      <Head link={link} />
      <Grid months={months} onOpen={({ id }) => setOpen(id)} />
      {error && <Closed error={error} retry={() => void queries.resetQueries({ queryKey: picturesKey })} />}
      {hasNextPage && <More act={more} busy={isFetchingNextPage} />}
      {open !== null && (
        <Suspense fallback={null}>
          <Viewer images={images} first={open} link={link} onEnd={more} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}

function Head({ link: { album, mode } }: { link: Link }) {
  return (
    <header className={classes.head}>
      {album.cover && <Cover image={album.cover} />}
      <h1 className={classes.title} dir="auto">
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

function Cover({ image }: { image: Image }) {
  return <Picture className={classes.cover} image={image} alt={nameOf(image)} sizes="min(100vw, 90rem)" />;
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
