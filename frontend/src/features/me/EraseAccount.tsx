import { Alert, Button, List, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { inWords } from '@/api/problem';
import type { Me } from '@/api/types';
import { closeDialog, openDialog } from '@/shared/dialogs';
import { countPictures } from './countPictures';
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
          me={me}
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
  me: Pick<Me, 'sub' | 'username'>;
  onErased: () => void;
}

/** Says what will be gone, has one's name typed, counts the pictures, and asks again. */
export function EraseForm({ me, onErased }: EraseFormProps) {
  const [typed, setTyped] = useState('');
  const {
    mutate,
    data: pictures,
    isPending,
    error,
  } = useMutation({ mutationFn: () => countPictures(me.sub) });
  if (pictures !== undefined) return <LastQuestion pictures={pictures} onErased={onErased} />;
  const confirmed = typed.trim().replace(/^@/, '') === me.username;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (confirmed) mutate();
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
          label={`Type ${me.username} to confirm`}
          data-autofocus
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        {error && <Alert color="red">{inWords(error)}</Alert>}
        <Button type="submit" color="red.8" disabled={!confirmed} loading={isPending}>
          Delete everything
        </Button>
      </Stack>
    </form>
  );
}

/** Names how many pictures are deleted; nothing is until this is answered. */
function LastQuestion({ pictures, onErased }: { pictures: string; onErased: () => void }) {
  const { mutate, isPending, error } = useMutation({ mutationFn: eraseMe, onSuccess: onErased });
  return (
    <Stack gap="md">
      <Text size="sm" role="status">
        <strong>This deletes {pictures} for good.</strong> What you want to keep has to be saved before: “Your
        originals” on this page has them all.
      </Text>
      {error && <Alert color="red">{inWords(error)}</Alert>}
      <Button variant="default" data-autofocus onClick={() => closeDialog(DIALOG)}>
        Keep my account
      </Button>
      <Button color="red.8" loading={isPending} onClick={() => mutate()}>
        Delete {pictures} and my account
      </Button>
    </Stack>
  );
}
