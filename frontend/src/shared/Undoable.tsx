import { Anchor, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';

interface UndoableProps {
  /** Which notification this stands in; it is closed when one undoes. */
  id: string;
  undo: () => void;
  wrap?: 'wrap' | 'nowrap';
  /** What was done. */
  children: ReactNode;
}

/** What a notification says of something that can be undone. */
export function Undoable({ id, undo, wrap = 'wrap', children }: UndoableProps) {
  return (
    <Group justify="space-between" gap="sm" wrap={wrap}>
      {children}
      <Anchor
        component="button"
        onClick={() => {
          notifications.hide(id);
          undo();
        }}
      >
        Undo
      </Anchor>
    </Group>
  );
}
