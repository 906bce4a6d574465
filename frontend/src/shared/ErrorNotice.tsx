import { Button, EmptyState } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { inWords } from '@/api/problem';

interface ErrorNoticeProps {
  title: ReactNode;
  error: unknown;
  retry?: () => void;
}

/** What could not be had, why, and the way to try again. */
export function ErrorNotice({ title, error, retry }: ErrorNoticeProps) {
  return (
    <EmptyState
      role="alert"
      py="xl"
      icon={<IconCloudOff stroke={1.5} aria-hidden />}
      title={title}
      description={inWords(error)}
    >
      {retry && (
        <EmptyState.Actions>
          <Button variant="default" onClick={retry}>
            Try again
          </Button>
        </EmptyState.Actions>
      )}
    </EmptyState>
  );
}
