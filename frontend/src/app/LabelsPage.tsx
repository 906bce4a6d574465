import { LabelIndex } from '@/features/labels/LabelIndex';
import { usePageTitle } from '@/shared/usePageTitle';

/** All labels, each leading to its pictures. */
export function LabelsPage() {
  usePageTitle('Labels');
  return <LabelIndex />;
}
