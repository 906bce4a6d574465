import { EmptyState } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { SignInButton } from '@/features/account/SignInButton';

interface SignInFirstProps {
  title: ReactNode;
  description: string;
}

/** Stands where only somebody with an account sees anything, and leads the way in. */
export function SignInFirst({ title, description }: SignInFirstProps) {
  return (
    <EmptyState py="xl" icon={<IconLock stroke={1.25} aria-hidden />} title={title} description={description}>
      <EmptyState.Actions>
        <SignInButton toAdd={false} size="md" />
      </EmptyState.Actions>
    </EmptyState>
  );
}
