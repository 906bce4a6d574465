import { Alert, Button, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { inWords } from '@/api/problem';
import type { Album, AlbumChange } from '@/api/types';
import { useChangeAlbum } from '@/shared/albums/useAlbums';
import { closeDialog } from '@/shared/dialogs';
import { oneLine } from '@/shared/oneLine';
import { useAlbum } from '@/shared/pictures/useAlbum';

export const EDIT_DIALOG = 'edit-album';

const ORDERS = [
  { value: 'taken', label: 'By date, newest first' },
  { value: 'added', label: 'As they were added, newest first' },
  { value: 'manual', label: 'By hand' },
];

const AUDIENCES = [
  { value: 'private', label: 'You, people you let in, and holders of its links' },
  { value: 'public', label: 'Everybody sees its public pictures' },
];

/** What an album is called, says, shows to whom, and in which order; it is saved on the newest version that is known. */
export function EditAlbum({ id }: { id: string }) {
  const { data: album } = useAlbum(id);
  return album && <AlbumForm album={album} />;
}

type Draft = Readonly<Record<'title' | 'description' | 'order' | 'visibility', string>>;

function AlbumForm({ album }: { album: Album }) {
  const [draft, setDraft] = useState<Draft>({ ...album, description: album.description ?? '' });
  const { mutate, isPending, error } = useChangeAlbum();
  const set =
    (name: keyof Draft) =>
    ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setDraft((before) => ({ ...before, [name]: value }));
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    mutate({ album, change: changeIn(draft) }, { onSuccess: () => closeDialog(EDIT_DIALOG) });
  };
  return (
    <form onSubmit={save}>
      <Stack gap="md">
        <TextInput label="Title" data-autofocus maxLength={200} value={draft.title} onChange={set('title')} />
        <Textarea
          label="Description"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2000}
          value={draft.description}
          onChange={set('description')}
        />
        <NativeSelect
          label="Who sees it"
          data={AUDIENCES}
          value={draft.visibility}
          onChange={set('visibility')}
        />
        <NativeSelect label="Order" data={ORDERS} value={draft.order} onChange={set('order')} />
        {error && <Alert color="red">{inWords(error)}</Alert>}
        <Button type="submit" loading={isPending} disabled={oneLine(draft.title) === ''}>
          Save
        </Button>
      </Stack>
    </form>
  );
}

/** What the selects hold is among what they offer. */
function changeIn({ title, description, order, visibility }: Draft): AlbumChange {
  return {
    title: oneLine(title),
    description: description.trim() || null,
    order: order as Album['order'],
    visibility: visibility as Album['visibility'],
  };
}
