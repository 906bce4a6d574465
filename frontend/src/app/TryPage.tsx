import { Demo } from '@/features/demo/Demo';
import { usePageTitle } from '@/shared/usePageTitle';

/** What the gallery sees in a picture that it doesn't keep. */
export function TryPage() {
  usePageTitle('Try it');
  return <Demo />;
}
