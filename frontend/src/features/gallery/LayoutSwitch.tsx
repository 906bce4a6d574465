import { IconLayoutGrid, IconTable } from '@tabler/icons-react';
import { HeaderButton } from '@/shared/HeaderButton';
import { useLayout } from '@/shared/pictures/layout';

/** Changes between grid and table. */
export function LayoutSwitch() {
  const [layout, choose] = useLayout();
  const table = layout === 'table';
  const icon = table ? IconLayoutGrid : IconTable;
  const words = table ? 'Show as grid' : 'Show as table';
  return <HeaderButton icon={icon} words={words} onClick={() => choose(table ? 'grid' : 'table')} />;
}
