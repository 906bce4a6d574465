import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Outcomes } from '@/shared/pictures/arriving';
import { forgetImage, rememberImages } from '@/shared/pictures/cache';
import { findImages } from '@/shared/pictures/findImages';
import { CaptionWatch } from './captionWatch';

type OnSettled = (outcomes: Outcomes) => void;

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

/** Fetches these pictures, shows what is new of them, and tells what has become of those no longer awaited. */
async function refresh(client: QueryClient, ids: readonly string[], onSettled: OnSettled): Promise<void> {
  const found = await findImages(ids);
  const byId = new Map(found.map((image) => [image.id, image]));
  const settled = ids
    .map((id) => [id, byId.get(id) ?? null] as const)
    .filter(([, image]) => image?.status !== 'pending');
  rememberImages(client, found);
  settled.filter(([, image]) => image === null).forEach(([id]) => forgetImage(client, id));
  onSettled(new Map(settled));
}
