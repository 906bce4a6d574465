import { ActionIcon } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';

const MoreMenu = lazy(() => import('./MoreMenu'));

/** Opens the ways to what is beside the pictures, fetched only then. */
export function MoreButton() {
  const [opened, setOpened] = useState(false);
  const button = {
    variant: 'subtle',
    color: 'gray',
    size: 'lg',
    title: 'More',
    'aria-label': 'More',
    'aria-haspopup': 'menu',
    children: <IconDots size={20} stroke={1.75} aria-hidden />,
  } as const;
  if (!opened) return <ActionIcon {...button} aria-expanded={false} onClick={() => setOpened(true)} />;
  return (
    <Suspense fallback={<ActionIcon {...button} loading />}>
      <MoreMenu button={button} />
    </Suspense>
  );
}
