import { Menu } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useDecision } from './useDecision';

/** Hides a post from everybody but its author and admins, or restores it. */
export function HideItem({ id, hidden }: { id: string; hidden: boolean }) {
  const act = useDecision({ kind: 'post', id });
  const Icon = hidden ? IconEye : IconEyeOff;
  return (
    <Menu.Item
      leftSection={<Icon size={16} aria-hidden />}
      onClick={() => act.mutate(hidden ? 'restore' : 'hide')}
    >
      {hidden ? 'Restore' : 'Hide'}
    </Menu.Item>
  );
}
