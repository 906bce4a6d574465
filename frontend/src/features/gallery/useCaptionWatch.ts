import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Outcomes } from '@/shared/pictures/arriving';
import { forgetImage, rememberImages } from '@/shared/pictures/cache';
import { findImages } from '@/shared/pictures/findImages';
import { CaptionWatch } from './captionWatch';

type OnOutcomes = (outcomes: Outcomes) => void;

/** Keeps asking for the pictures that await their caption; what is new of them shows everywhere on the page. */
export function useCaptionWatch(ids: readonly string[], onOutcomes: OnOutcomes): void {
  const client = useQueryClient();
  const [watch] = useState(() => new CaptionWatch((asked) => refresh(client, asked, onOutcomes)));
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
async function refresh(client: QueryClient, ids: readonly string[], onOutcomes: OnOutcomes): Promise<void> {
  const images = await findImages(ids);
  const byId = new Map(images.map((image) => [image.id, image]));
  const outcomes = ids
    .map((id) => [id, byId.get(id) ?? null] as const)
    .filter(([, image]) => image?.status !== 'pending');
  rememberImages(client, images);
  outcomes.filter(([, image]) => image === null).forEach(([id]) => forgetImage(client, id));
  onOutcomes(new Map(outcomes));
}
