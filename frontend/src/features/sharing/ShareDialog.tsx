import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { LinkList, useLinkList } from '@/shared/LinkList';
import { ShareLink } from './ShareLink';
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
  const { place, lead } = useLinkList();
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
      <LinkList
        list={shares}
        error={making.error ?? revoking.error}
        none="No link opens this post at present."
        place={place}
      >
        {(share) => (
          <ShareLink
            key={share.token}
            share={share}
            busy={revoking.isPending && revoking.variables.token === share.token}
            onRevoke={() => revoking.mutate(share, lead)}
          />
        )}
      </LinkList>
    </Stack>
  );
}
