import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { inWords } from '@/api/problem';
import { presence } from '@/api/person';
import { passkeys } from '@/api/session';
import type { Passkey } from '@/api/passkeys';
import { askToConfirm } from '@/shared/dialogs';
import { Quoted } from '@/shared/Quoted';

/** What somebody can sign in with in place of the password: adding a passkey, and removing those of lost devices. */
export function Passkeys() {
  const client = useQueryClient();
  const queryKey = ['passkeys', presence.getState().person?.sub];
  const { data, error } = useQuery({ queryKey, queryFn: async () => (await passkeys()).listPasskeys() });
  const again = { onSettled: () => client.invalidateQueries({ queryKey }) };
  const add = useMutation({ mutationFn: async () => (await passkeys()).addPasskey(), ...again });
  const remove = useMutation({
    mutationFn: async ({ id }: Passkey) => (await passkeys()).removePasskey(id),
    ...again,
  });
  const askToRemove = (passkey: Passkey) =>
    askToConfirm({
      title: 'Remove this passkey?',
      children: (
        <Text size="sm">
          <Quoted>{passkey.name}</Quoted> will no longer open this account.
        </Text>
      ),
      labels: { confirm: 'Remove', cancel: 'Keep' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(passkey),
    });
  const failure = add.error ?? remove.error ?? error;
  return (
    <Stack gap="md">
      <Text size="sm">
        A passkey signs you in by your fingerprint, your face or your device’s PIN, and no password is typed.
      </Text>
      <ul aria-label="Your passkeys" style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {data?.map((passkey) => (
          <PasskeyItem key={passkey.id} passkey={passkey} onRemove={() => void askToRemove(passkey)} />
        ))}
      </ul>
      {data?.length === 0 && (
        <Text size="sm" c="dimmed">
          You have none yet. Add one on each device that you sign in with.
        </Text>
      )}
      <Button
        leftSection={<IconFingerprint size={18} aria-hidden />}
        loading={add.isPending}
        onClick={() => add.mutate()}
      >
        Add a passkey
      </Button>
      {failure !== null && <Alert color="red">{inWords(failure)}</Alert>}
    </Stack>
  );
}

function PasskeyItem({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const added = passkey.added?.toLocaleDateString(undefined, { dateStyle: 'medium' });
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <Text size="sm">
        <bdi>{passkey.name}</bdi>
        {added !== undefined && (
          <Text span c="dimmed">
            {' '}
            added {added}
          </Text>
        )}
      </Text>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        aria-label={`Remove ${passkey.name}`}
        onClick={onRemove}
      >
        Remove
      </Button>
    </Group>
  );
}
