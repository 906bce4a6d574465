import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { inWords } from '@/api/problem';
import { openLink } from './link';
import { linkKey } from './queries';

/** Asks for the link's password, and opens the album with it. */
export function PasswordQuestion() {
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const opening = useMutation({
    mutationFn: () => openLink(password),
    onSuccess: (link) => queries.setQueryData(linkKey, link),
  });
  const open = (event: SyntheticEvent) => {
    event.preventDefault();
    opening.mutate();
  };
  return (
    <form onSubmit={open}>
      <Stack maw="24rem" mx="auto" mt="10vh">
        <Title order={1} size="h2">
          This album has a password
        </Title>
        <Text c="dimmed">Who sent you the link knows it.</Text>
        <PasswordInput
          label="Password"
          autoComplete="off"
          data-autofocus
          value={password}
          error={opening.error && inWords(opening.error)}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={opening.isPending} disabled={password === ''}>
          Open the album
        </Button>
      </Stack>
    </form>
  );
}
