import { ActionIcon } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { mayUpload } from '@/shared/account/rights';
import { usePerson } from '@/api/person';
import { useSettings } from '@/shared/settings';
import { SignInButton } from './SignInButton';

const AccountMenu = lazy(() => import('./AccountMenu'));

interface AccountProps {
  onSignedOut: () => void;
}

/** Who is signed in and what they can do, or the way in; nothing where nobody can have an account. */
export function Account({ onSignedOut }: AccountProps) {
  const settings = useSettings();
  const person = usePerson();
  if (person === null) return <SignInButton toAdd={!mayUpload(settings, null) && !settings.demo_only} />;
  return (
    <Suspense fallback={<ActionIcon variant="default" size="lg" radius="xl" loading aria-label="Account" />}>
      <AccountMenu person={person} onSignedOut={onSignedOut} />
    </Suspense>
  );
}
