import { EmptyState } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { SignInButton } from '@/features/account/SignInButton';
import { usePerson } from '@/api/person';
import { useSettings } from '@/shared/settings';

/** What is for admins alone; others are told whom it is for. */
export function ForAdmins({ children }: { children: ReactNode }) {
  const person = usePerson();
  return person?.admin ? children : <NotForYou known={person !== null} />;
}

function NotForYou({ known }: { known: boolean }) {
  const { identity } = useSettings();
  return (
    <EmptyState
      py="xl"
      icon={<IconLock stroke={1.25} aria-hidden />}
      title={<h1>This page is for admins</h1>}
      description={
        known
          ? 'Your account is not one of theirs.'
          : 'Sign in to see it, if you are one of this gallery’s admins.'
      }
    >
      {!known && identity !== null && (
        <EmptyState.Actions>
          <SignInButton toAdd={false} size="md" />
        </EmptyState.Actions>
      )}
    </EmptyState>
  );
}
