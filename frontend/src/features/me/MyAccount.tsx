import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconFileDownload, IconLogout } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Me } from '@/api/types';
import { FileButton } from '@/shared/FileButton';
import { PageTitle } from '@/shared/PageTitle';
import { useMe } from '@/shared/people/me';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { EraseAccount } from './EraseAccount';
import { findExport } from './findExport';
import classes from './MyAccount.module.css';
import { Originals } from './Originals';
import { ProfileForm } from './ProfileForm';
import { UsernameForm } from './UsernameForm';

interface MyAccountProps {
  /** The address that one signs in with. */
  email: string;
  onSignOut: () => void;
  onErased: () => void;
}

/** One's own account: who one is to others, one's data, and the ways out. */
export function MyAccount({ email, onSignOut, onErased }: MyAccountProps) {
  const { data: me, error, refetch } = useMe();
  return (
    <div className={classes.account}>
      <PageTitle>Account</PageTitle>
      {me && <Sections me={me} email={email} onSignOut={onSignOut} onErased={onErased} />}
      {!me && error && (
        <ErrorNotice title="Your account could not be loaded" error={error} retry={() => void refetch()} />
      )}
      {!me && !error && <Skeleton height={320} role="status" aria-label="Loading your account" />}
    </div>
  );
}

function Sections({ me, email, onSignOut, onErased }: MyAccountProps & { me: Me }) {
  return (
    <>
      <Section title="Profile">
        <ProfileForm me={me} />
      </Section>
      <Section title="Username">
        <UsernameForm me={me} />
      </Section>
      <Section title="Your data">
        <Text>
          Your profile, captions, posts, likes, whom you follow, and what is known of your pictures, in one
          file. <strong>It holds no photographs:</strong> these are below.
        </Text>
        <FileButton icon={<IconFileDownload size={16} aria-hidden />} find={findExport}>
          Export my data
        </FileButton>
      </Section>
      <Section title="Your originals">
        <Originals me={me} />
      </Section>
      <Section title="Signing in">
        <Text>You sign in as {email}.</Text>
        <Button variant="default" leftSection={<IconLogout size={16} aria-hidden />} onClick={onSignOut}>
          Sign out
        </Button>
      </Section>
      <Section title="Delete the account">
        <Text>
          All that is yours will be erased, your pictures too.{' '}
          <strong>Save your originals before, and your data:</strong> both are above.
        </Text>
        <EraseAccount me={me} onErased={onErased} />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.subtitle}>{title}</h2>
      <Stack gap="md" align="start" className={classes.content}>
        {children}
      </Stack>
    </section>
  );
}
