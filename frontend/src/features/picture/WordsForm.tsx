import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Image } from '@/api/types';
import { useChangeImage } from '@/shared/pictures/useChangeImage';
import { ClashChoice } from './ClashChoice';
import { askToDiscard, useAskBeforeLeaving } from './useAskBeforeLeaving';
import {
  changeOf,
  clashingFields,
  FIELDS,
  labelsIn,
  laidOver,
  writtenOf,
  type Field,
  type Written,
} from './wordsOfForm';

const MOST_LABELS = 10;

/** Lets those who may say what a picture is called, who took it, and what is in it. */
export function WordsForm({ image, onDone }: { image: Image; onDone: () => void }) {
  const [base, setBase] = useState(image);
  const [now, setNow] = useState<Image | null>(null);
  const [written, setWritten] = useState(() => writtenOf(image));
  const { mutate, isPending } = useChangeImage(setNow);
  const unsaved = Object.keys(changeOf(base, written)).length > 0;
  useAskBeforeLeaving(unsaved);
  const save = (since: Image, words: Written) => {
    const change = changeOf(since, words);
    if (Object.keys(change).length === 0) onDone();
    else mutate({ base: since, change }, { onSuccess: onDone });
  };
  if (now === null) {
    return (
      <Fields
        written={written}
        busy={isPending}
        onWrite={(news) => setWritten((before) => ({ ...before, ...news }))}
        onSave={() => save(base, written)}
        onCancel={() => (unsaved ? askToDiscard(onDone) : onDone())}
      />
    );
  }
  const resolveClash = (theirs: ReadonlySet<Field>) => {
    const words = laidOver(base, now, written, theirs);
    setBase(now);
    setWritten(words);
    setNow(null);
    save(now, words);
  };
  return (
    <ClashChoice
      fields={clashingFields(base, now, written)}
      theirs={writtenOf(now)}
      mine={written}
      busy={isPending}
      onChoose={resolveClash}
      onBack={() => setNow(null)}
    />
  );
}

interface FieldsProps {
  written: Written;
  busy: boolean;
  onWrite: (news: Partial<Written>) => void;
  onSave: () => void;
  onCancel: () => void;
}

function Fields({ written, busy, onWrite, onSave, onCancel }: FieldsProps) {
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const field = (name: Field) => ({
    name,
    label: FIELDS[name],
    value: written[name],
    dir: 'auto',
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      onWrite({ [name]: value }),
    // Escape ends the editing, not the look at the picture.
    'data-mantine-stop-propagation': 'true',
    onKeyDown: ({ key }: { key: string }) => {
      if (key === 'Escape') onCancel();
    },
  });
  const tooMany = labelsIn(written.labels).length > MOST_LABELS;
  return (
    <form
      aria-label="Words about this picture"
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <Stack gap="sm">
        <TextInput ref={first} maxLength={200} {...field('title')} />
        <Textarea maxLength={1000} autosize maxRows={4} {...field('attribution')} />
        <TextInput
          description="Your own instead of the model’s, separated by commas."
          maxLength={620}
          error={tooMany && `At most ${MOST_LABELS}, please.`}
          {...field('labels')}
        />
        <Group gap="sm">
          <Button type="submit" loading={busy} disabled={tooMany}>
            Save
          </Button>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
