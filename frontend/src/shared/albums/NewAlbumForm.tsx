import { Alert, Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { inWords } from '@/api/problem';
import type { Album } from '@/api/types';
import { oneLine } from '@/shared/oneLine';
import { useCreateAlbum } from './useAlbums';

const LONGEST_TITLE = 200;

/** Where somebody names a new album, which is theirs alone at first. */
export function NewAlbumForm({ onMade, focus = false }: { onMade: (album: Album) => void; focus?: boolean }) {
  const [title, setTitle] = useState('');
  const { mutate, isPending, error } = useCreateAlbum(onMade);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        mutate({ title: oneLine(title), visibility: 'private', order: 'taken' });
      }}
    >
      <Group align="end" gap="sm" wrap="nowrap">
        <TextInput
          label="New album"
          placeholder="Title"
          maxLength={LONGEST_TITLE}
          data-autofocus={focus || undefined}
          value={title}
          style={{ flex: 1 }}
          onChange={({ currentTarget: { value } }) => setTitle(value)}
        />
        <Button type="submit" loading={isPending} disabled={oneLine(title) === ''}>
          Make it
        </Button>
      </Group>
      {error && (
        <Alert color="red" mt="sm">
          {inWords(error)}
        </Alert>
      )}
    </form>
  );
}
