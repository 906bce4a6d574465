import { Button, Group, Text } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { usePerson } from '@/api/person';
import { useSignIn } from '@/shared/account/signIn';
import { isMoving } from './upload';
import { useParkedCount, useUploads } from './onPage';
import { useWaiting } from './waiting';
import classes from './UploadPanel.module.css';

const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** What the files on their way wait for, if for anything. */
export function WaitingLine() {
  const { offline, until } = useWaiting();
  const { online } = useNetwork();
  const moving = useUploads().some(isMoving);
  if (!moving) return null;
  if (offline || !online) return <Line>No connection. Sending goes on by itself once it is back.</Line>;
  if (until === null) return null;
  return <Line>The gallery takes no more for now. Sending goes on by itself at {CLOCK.format(until)}.</Line>;
}

/** How many files wait for their owner, who has signed out; nobody else is told what they are. */
export function ParkedLine() {
  const parked = useParkedCount();
  const person = usePerson();
  const signIn = useSignIn();
  if (parked === 0 || person !== null) return null;
  return (
    <Group gap="xs" px="md" py="xs" justify="space-between" wrap="nowrap">
      <Text size="sm">
        {parked === 1 ? '1 file was' : `${parked} files were`} not sent. Sign in again to go on.
      </Text>
      <Button size="compact-sm" variant="light" onClick={signIn}>
        Sign in
      </Button>
    </Group>
  );
}

function Line({ children }: { children: React.ReactNode }) {
  return (
    <Text size="xs" role="status" className={classes.line}>
      {children}
    </Text>
  );
}
