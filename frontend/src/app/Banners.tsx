import { useNetwork } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useSettings } from '@/shared/settings';
import { useWhenQuiet } from '@/shared/whenQuiet';

const fetchList = () => import('./BannerList');
const BannerList = lazy(fetchList);

/** Says what everybody should know about the state of this gallery, of which there is nothing as a rule. */
export function Banners() {
  const { model, pause } = useSettings();
  const { online } = useNetwork();
  // Ahead of need: what is said offline can't be fetched then.
  useWhenQuiet(fetchList);
  return (
    <div role="status">
      <Suspense>{(!online || model === null || pause !== null) && <BannerList online={online} />}</Suspense>
    </div>
  );
}
