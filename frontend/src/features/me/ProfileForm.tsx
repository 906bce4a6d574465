import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { inWords } from '@/api/problem';
import type { Me } from '@/api/types';
import { useChangeMe } from '@/shared/people/useChangeMe';
import { oneLine } from '@/shared/oneLine';

/** What one is called, and what one says of oneself. */
export function ProfileForm({ me }: { me: Me }) {
  const [name, setName] = useState(me.display_name ?? '');
  const [bio, setBio] = useState(me.bio ?? '');
  const { mutate, isPending, isSuccess, error, reset } = useChangeMe();
  const written = { display_name: oneLine(name) || null, bio: oneLine(bio) || null };
  const changed = written.display_name !== me.display_name || written.bio !== me.bio;
  return (
    <form
      onChange={reset}
      onSubmit={(event) => {
        event.preventDefault();
        mutate(written);
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          description="What others see beside your posts."
          maxLength={60}
          autoComplete="nickname"
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        <Textarea
          label="About you"
          maxLength={300}
          autosize
          minRows={2}
          maxRows={8}
          value={bio}
          onChange={({ currentTarget: { value } }) => setBio(value)}
        />
        {error && <Alert color="red">{inWords(error)}</Alert>}
        <Group gap="md">
          <Button type="submit" loading={isPending} disabled={!changed}>
            Save
          </Button>
          <Text size="sm" role="status">
            {isSuccess && !changed && 'Saved.'}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
