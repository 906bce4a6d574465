import type { ImageLabel } from '@/api/types';

const LISTED_FROM = 0.05;

/** Returns the labels under which a picture is listed: the owner's own, else those the model is sure enough of. */
export function listedLabels(labels: readonly ImageLabel[]): ReadonlySet<string> {
  const listed = labels.filter(
    ({ source, probability }, rank) => source === 'owner' || rank === 0 || probability >= LISTED_FROM,
  );
  return new Set(listed.map(({ label }) => label));
}
