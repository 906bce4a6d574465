import { Alert, Button, Group, NativeSelect, Skeleton, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { inWords } from '@/api/problem';
import { ShareLink } from './ShareLink';
import classes from './Sharing.module.css';
import { useCreateShare, useRevokeShare, useShares } from './useShares';

const DAY = 86_400;

const LIFETIMES = [
  { value: String(DAY), label: '1 day' },
  { value: String(7 * DAY), label: '7 days' },
  { value: String(30 * DAY), label: '30 days' },
  { value: String(365 * DAY), label: '1 year' },
];

/** The links by which anybody can see a post: makes them, shows them, takes them back. */
export function ShareDialog({ postId }: { postId: string }) {
  const [lifetime, setLifetime] = useState(String(7 * DAY));
  const shares = useShares(postId);
  const making = useCreateShare(postId);
  const revoking = useRevokeShare(postId);
  const links = useRef<HTMLDivElement>(null);
  // The button that was pressed can’t keep the focus: it waits, or is gone.
  const lead = { onSuccess: () => links.current?.focus() };
  const failure = making.error ?? revoking.error ?? (shares.data ? null : shares.error);
  return (
    <Stack gap="md">
      <Text size="sm">Whoever has a link sees the picture, its text and your name, without an account.</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate(Number(lifetime), lead);
        }}
      >
        <Group align="end" gap="sm">
          <NativeSelect
            label="The link works for"
            data={LIFETIMES}
            value={lifetime}
            onChange={({ currentTarget: { value } }) => setLifetime(value)}
            data-autofocus
          />
          <Button type="submit" loading={making.isPending}>
            Make a link
          </Button>
        </Group>
      </form>
      {failure && <Alert color="red">{inWords(failure)}</Alert>}
      {shares.isPending && <Skeleton height={64} role="status" aria-label="Loading the links" />}
      <div ref={links} tabIndex={-1} className={classes.shown}>
        <ul className={classes.links} aria-label="Links" aria-live="polite">
          {shares.data?.map((share) => (
            <ShareLink
              key={share.token}
              share={share}
              busy={revoking.isPending && revoking.variables.token === share.token}
              onRevoke={() => revoking.mutate(share, lead)}
            />
          ))}
        </ul>
        {shares.data?.length === 0 && (
          <Text size="sm" c="dimmed">
            No link opens this post at present.
          </Text>
        )}
      </div>
    </Stack>
  );
}
