import { Alert, Button, List, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { inWords } from '@/api/problem';
import type { Me } from '@/api/types';
import { closeDialog, openDialog } from '@/shared/dialogs';
import { eraseMe } from './eraseMe';

const DIALOG = 'erase-account';

interface EraseAccountProps {
  me: Me;
  /** What happens once the account is closed. */
  onErased: () => void;
}

/** The way to be forgotten by this gallery. */
export function EraseAccount({ me, onErased }: EraseAccountProps) {
  const open = () =>
    void openDialog({
      modalId: DIALOG,
      title: 'Delete your account?',
      children: (
        <EraseForm
          username={me.username}
          onErased={() => {
            closeDialog(DIALOG);
            onErased();
          }}
        />
      ),
    });
  return (
    <Button variant="default" c="var(--alarm)" onClick={open}>
      Delete my account
    </Button>
  );
}

interface EraseFormProps {
  username: string;
  onErased: () => void;
}

/** Says what will be gone, and makes sure that this is meant. */
export function EraseForm({ username, onErased }: EraseFormProps) {
  const [typed, setTyped] = useState('');
  const { mutate, isPending, error } = useMutation({ mutationFn: eraseMe, onSuccess: onErased });
  const meant = typed.trim().replace(/^@/, '') === username;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (meant) mutate();
      }}
    >
      <Stack gap="md">
        <Text size="sm">You are signed out at once, and these are erased for good:</Text>
        <List size="sm">
          <List.Item>your pictures, public and private, with their originals,</List.Item>
          <List.Item>your posts and the links to them,</List.Item>
          <List.Item>your likes, and whom you follow and are followed by,</List.Item>
          <List.Item>your profile and your sign-in.</List.Item>
        </List>
        <TextInput
          label={`Type ${username} to confirm`}
          data-autofocus
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        {error && <Alert color="red">{inWords(error)}</Alert>}
        <Button type="submit" color="red.8" disabled={!meant} loading={isPending}>
          Delete everything
        </Button>
      </Stack>
    </form>
  );
}
