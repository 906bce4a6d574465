import { Alert, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Album, Image, NewLink } from '@/api/types';
import { createAlbum } from '@/shared/albums/albums';
import { albumsKey } from '@/shared/albums/keys';
import { LinkForm } from '@/shared/albums/LinkForm';
import { createLink } from '@/shared/albums/links';
import { NewestLink } from '@/shared/albums/NewestLink';
import { oneLine } from '@/shared/oneLine';
import { imagesKey } from '@/shared/pictures/cache';
import { changeEach } from './changeEach';
import { shortened } from './notifyOutcome';
import { countOf } from './useBatchTask';

/** Shares pictures: puts them into a new album, and makes a link to it. */
export function ShareMany({ images }: { images: readonly Image[] }) {
  const [title, setTitle] = useState(() => titleFor(images));
  const { mutate, data, error, isPending, added } = useShareMany(images, oneLine(title) || titleFor(images));
  const words = `Adding: ${added} of ${images.length}`;
  if (data)
    return (
      <Stack gap="sm">
        <NewestLink link={data.link} title={data.album.title} />
        {data.lines.length > 0 && (
          <Alert color="red" title={`${countOf(data.lines.length)} not added`}>
            {shortened(data.lines).join(' ')}
          </Alert>
        )}
      </Stack>
    );
  return (
    <Stack gap="sm">
      <TextInput
        label="Title of the new album"
        maxLength={200}
        value={title}
        onChange={({ currentTarget: { value } }) => setTitle(value)}
      />
      <LinkForm button="Make the link" busy={isPending} error={error} onReady={mutate} />
      {isPending && (
        <>
          <Text size="sm" role="status">
            {words}
          </Text>
          <Progress value={(100 * added) / images.length} aria-label={words} />
        </>
      )}
    </Stack>
  );
}

/** Makes an album of pictures and a link to it; tried again it goes on with the album that is there. It stops with the dialog. */
function useShareMany(images: readonly Image[], title: string) {
  const client = useQueryClient();
  const album = useRef<Album | null>(null);
  const controller = useRef<AbortController | null>(null);
  const [added, setAdded] = useState(0);
  const stop = () => controller.current?.abort();
  useEffect(() => stop, []);
  const mutation = useMutation({
    mutationFn: async (link: NewLink) => {
      const { signal } = (controller.current = new AbortController());
      const made = (album.current ??= await createAlbum({ title, visibility: 'private', order: 'taken' }));
      setAdded(0);
      const change = { action: 'album_add', album: made.id } as const;
      const { lines } = await changeEach(images, change, signal, (by) => setAdded((before) => before + by));
      signal.throwIfAborted();
      return { album: made, link: await createLink(made.id, link), lines };
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: albumsKey });
      void client.invalidateQueries({ queryKey: imagesKey });
    },
  });
  return { ...mutation, added };
}

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeZone: 'UTC' });

/** Names an album by when its pictures were taken. */
function titleFor(images: readonly Image[]): string {
  const days = images.map(({ taken_at }) => new Date(`${taken_at}Z`)).sort((a, b) => Number(a) - Number(b));
  const [first, last] = [days[0], days.at(-1)];
  return first && last ? DAY.formatRange(first, last) : 'Shared pictures';
}
