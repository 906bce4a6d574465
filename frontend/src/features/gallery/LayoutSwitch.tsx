import { ActionIcon } from '@mantine/core';
import { IconLayoutGrid, IconTable } from '@tabler/icons-react';
import { useLayout } from '@/shared/pictures/layout';

/** Changes between grid and table. */
export function LayoutSwitch() {
  const [layout, choose] = useLayout();
  const table = layout === 'table';
  const Icon = table ? IconLayoutGrid : IconTable;
  const words = table ? 'Show as grid' : 'Show as table';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      radius="xl"
      title={words}
      aria-label={words}
      onClick={() => choose(table ? 'grid' : 'table')}
    >
      <Icon size={20} stroke={1.75} aria-hidden />
    </ActionIcon>
  );
}
