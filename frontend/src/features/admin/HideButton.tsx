import { Button } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useDecision } from './useDecision';

/** Hides a picture from everybody but its owner and admins, or restores it. */
export function HideButton({ id, hidden }: { id: string; hidden: boolean }) {
  const act = useDecision({ kind: 'image', id });
  const Icon = hidden ? IconEye : IconEyeOff;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={16} aria-hidden />}
      loading={act.isPending}
      onClick={() => act.mutate(hidden ? 'restore' : 'hide')}
    >
      {hidden ? 'Restore' : 'Hide'}
    </Button>
  );
}
