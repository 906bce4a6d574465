import { ActionIcon, type ActionIconProps } from '@mantine/core';
import type { Icon as TablerIcon } from '@tabler/icons-react';
import type { AriaAttributes } from 'react';

interface HeaderButtonProps extends ActionIconProps, Pick<AriaAttributes, 'aria-haspopup'> {
  icon: TablerIcon;
  /** What it does, shown on hover and read aloud. */
  words: string;
  onClick: () => void;
}

/** A round button of the header that has an icon for its words. */
export function HeaderButton({ icon: Icon, words, ...props }: HeaderButtonProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      radius="xl"
      title={words}
      aria-label={words}
      {...props}
    >
      <Icon size={20} stroke={1.75} aria-hidden />
    </ActionIcon>
  );
}
