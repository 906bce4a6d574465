import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { forgetImage, rememberImages } from '@/shared/pictures/cache';
import { findImages } from '@/shared/pictures/findImages';
import { CaptionWatch } from './captionWatch';

type OnSettled = (ids: ReadonlySet<string>) => void;

/** Keeps asking for the pictures that await their caption; what is new of them shows everywhere on the page. */
export function useCaptionWatch(ids: readonly string[], onSettled: OnSettled): void {
  const client = useQueryClient();
  const [watch] = useState(() => new CaptionWatch((asked) => refresh(client, asked, onSettled)));
  const awaited = ids.join(',');

  useEffect(() => {
    watch.watch(awaited === '' ? [] : awaited.split(','));
  }, [watch, awaited]);

  useEffect(() => {
    const wake = () => {
      watch.wake();
    };
    document.addEventListener('visibilitychange', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      watch.watch([]);
    };
  }, [watch]);
}

/** Fetches these pictures; those that are captioned, failed or deleted by now are settled. */
async function refresh(client: QueryClient, ids: readonly string[], onSettled: OnSettled): Promise<void> {
  const found = await findImages(ids);
  const pending = new Set(found.filter(({ status }) => status === 'pending').map(({ id }) => id));
  const there = new Set(found.map(({ id }) => id));
  rememberImages(client, found);
  ids
    .filter((id) => !there.has(id))
    .forEach((id) => {
      forgetImage(client, id);
    });
  onSettled(new Set(ids.filter((id) => !pending.has(id))));
}
