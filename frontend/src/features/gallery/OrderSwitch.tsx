import { IconCalendarMonth, IconClockPlus } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { HeaderButton } from '@/shared/HeaderButton';
import { useLayout } from '@/shared/pictures/layout';
import { hasMonths, useView } from '@/shared/pictures/view';

/** Changes between the order in which pictures were taken and that in which they were added; the address keeps it. */
export function OrderSwitch() {
  const view = useView();
  const [layout] = useLayout();
  const [, setParameters] = useSearchParams();
  if (layout !== 'grid' || !hasMonths(view)) return null;
  const isAdded = view.order === 'added';
  const icon = isAdded ? IconCalendarMonth : IconClockPlus;
  const words = isAdded ? 'Order by when they were taken' : 'Order by when they were added';
  const turn = () =>
    setParameters((before) => {
      if (isAdded) before.delete('order');
      else before.set('order', 'added');
      return before;
    });
  return <HeaderButton icon={icon} words={words} onClick={turn} />;
}
