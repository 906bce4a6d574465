import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Image } from '@/api/types';
import { useChangeImage } from '@/shared/pictures/useChangeImage';
import { changeOf, labelsIn, writtenOf } from './wordsOfForm';

const MOST_LABELS = 10;

/** Lets those who may say what a picture is called, who took it, and what is in it. */
export function WordsForm({ image, onDone }: { image: Image; onDone: () => void }) {
  const [written, setWritten] = useState(() => writtenOf(image));
  const { mutate, isPending } = useChangeImage(image);
  const field = (name: keyof typeof written) => ({
    name,
    value: written[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setWritten((before) => ({ ...before, [name]: value })),
    // Escape ends the editing, not the look at the picture.
    'data-mantine-stop-propagation': 'true',
    onKeyDown: ({ key }: { key: string }) => {
      if (key === 'Escape') onDone();
    },
  });
  const tooMany = labelsIn(written.labels).length > MOST_LABELS;
  return (
    <form
      aria-label="Words about this picture"
      onSubmit={(event) => {
        event.preventDefault();
        mutate(changeOf(image, written), { onSuccess: onDone });
      }}
    >
      <Stack gap="sm">
        <TextInput label="Title" maxLength={200} {...field('title')} />
        <Textarea label="Attribution" maxLength={1000} autosize maxRows={4} {...field('attribution')} />
        <TextInput
          label="Labels"
          description="Your own instead of the model’s, separated by commas."
          maxLength={620}
          error={tooMany && `At most ${MOST_LABELS}, please.`}
          {...field('labels')}
        />
        <Group gap="sm">
          <Button type="submit" loading={isPending} disabled={tooMany}>
            Save
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
