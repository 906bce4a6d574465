import { Button, Divider, Group, Text } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface FitLessProps {
  /** How many pictures fit less. */
  count: number;
  /** Whether there are more than these. */
  more: boolean;
  /** Whether no other picture fits. */
  alone: boolean;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}

/** The line below which pictures hardly fit what was searched for; they are shown once one asks for them. */
export default function FitLess({ count, more, alone, open, onToggle, children }: FitLessProps) {
  const Icon = open ? IconChevronUp : IconChevronDown;
  return (
    <section aria-label="Pictures that fit less">
      {alone && <Text py="md">No picture fits well.</Text>}
      <Group my="md" gap="xs">
        <Divider flex={1} />
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-expanded={open}
          rightSection={<Icon size={16} aria-hidden />}
          onClick={onToggle}
        >
          {`${count.toLocaleString('en')}${more ? ' and more' : ''} that fit less`}
        </Button>
        <Divider flex={1} />
      </Group>
      {open && children}
    </section>
  );
}
