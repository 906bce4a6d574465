import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { inWords } from '@/api/problem';
import type { Me } from '@/api/types';
import { askToConfirm } from '@/shared/dialogs';
import { useChangeMe } from '@/shared/people/useChangeMe';

/** By which name one is found: one that was given, until one chooses another once and for all. */
export function UsernameForm({ me }: { me: Me }) {
  const [username, setUsername] = useState('');
  const { mutate, isPending, error } = useChangeMe();
  if (me.username_chosen) return <Text>You are @{me.username}. A username once chosen stays.</Text>;
  const ask = () =>
    void askToConfirm({
      title: `Be @${username} from now on?`,
      children: <Text size="sm">A username can be chosen once; it can’t be changed afterwards.</Text>,
      labels: { confirm: `Be @${username}`, cancel: 'Think again' },
      onConfirm: () => mutate({ username }),
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <Stack gap="md" align="start">
        <Text>You were given the name @{me.username}. You can choose another one, once.</Text>
        <TextInput
          label="Username"
          description="3 to 30 small letters, digits and underscores."
          leftSection={<span aria-hidden>@</span>}
          pattern="[a-z0-9_]{3,30}"
          title="3 to 30 small letters, digits and underscores"
          maxLength={30}
          required
          withAsterisk={false}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          value={username}
          onChange={({ currentTarget: { value } }) => setUsername(value.toLowerCase())}
        />
        {error && <Alert color="red">{inWords(error)}</Alert>}
        <Button type="submit" variant="default" loading={isPending}>
          Choose this username
        </Button>
      </Stack>
    </form>
  );
}
