import { ActionIcon } from '@mantine/core';
import { IconTags } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';

const LabelMenu = lazy(() => import('./LabelMenu'));

/** Opens the list of all labels, fetched only then. */
export function LabelButton() {
  const [opened, setOpened] = useState(false);
  const button = {
    variant: 'subtle',
    color: 'gray',
    size: 'lg',
    radius: 'xl',
    'aria-label': 'Choose a label',
  } as const;
  if (opened) {
    return (
      <Suspense fallback={<ActionIcon {...button} loading />}>
        <LabelMenu button={button} />
      </Suspense>
    );
  }
  return (
    <ActionIcon
      {...button}
      title="Labels"
      aria-haspopup="listbox"
      aria-expanded={false}
      onClick={() => setOpened(true)}
    >
      <IconTags size={20} stroke={1.75} aria-hidden />
    </ActionIcon>
  );
}
