import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Image } from '@/api/types';
import { useMaySeePlace } from '@/shared/account/rights';
import { placeIn } from '@/shared/pictures/taken';
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
const OFFSET = '[+\\-](0[0-9]|1[0-4]):[0-5][0-9]';

interface WordsFormProps {
  image: Image;
  /** Which field one begins with. */
  first: Field;
  onDone: () => void;
}

/** Lets those who may say what a picture is called, when and where it was taken, who took it, and what is in it. */
export function WordsForm({ image, first, onDone }: WordsFormProps) {
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
        image={image}
        first={first}
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

interface FieldsProps extends Pick<WordsFormProps, 'image' | 'first'> {
  written: Written;
  busy: boolean;
  onWrite: (news: Partial<Written>) => void;
  onSave: () => void;
  onCancel: () => void;
}

function Fields({ image, first, written, busy, onWrite, onSave, onCancel }: FieldsProps) {
  const form = useRef<HTMLFormElement>(null);
  const maySeePlace = useMaySeePlace(image);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }, [first]);
  const field = (name: Field) => ({
    name,
    label: FIELDS[name].name,
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
  const nowhere = written.place.trim() !== '' && placeIn(written.place) === null;
  return (
    <form
      ref={form}
      aria-label="Words about this picture"
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <Stack gap="sm">
        <TextInput maxLength={200} {...field('title')} />
        <Textarea maxLength={2000} autosize maxRows={8} {...field('description')} />
        <WhenFields {...{ field, written }} />
        {maySeePlace && (
          <TextInput
            description="Latitude and longitude in degrees, such as 48.8584, 2.2945. Only its owner and admins see it."
            error={nowhere && 'That is no place on earth: degrees of latitude and longitude, please.'}
            {...field('place')}
          />
        )}
        <Textarea maxLength={1000} autosize maxRows={4} {...field('attribution')} />
        <TextInput
          description="Your own instead of the model’s, separated by commas."
          maxLength={620}
          error={tooMany && `At most ${MOST_LABELS}, please.`}
          {...field('labels')}
        />
        <Group gap="sm">
          <Button type="submit" loading={busy} disabled={tooMany || nowhere}>
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

/** When a picture was taken: the clock of the place, and how far that was from UTC. */
function WhenFields({ field, written }: { field: (name: Field) => object; written: Written }) {
  return (
    <Group gap="sm" align="start" grow preventGrowOverflow={false} wrap="wrap">
      <TextInput
        type="datetime-local"
        step={1}
        min="0001-01-01T00:00"
        max="9999-12-31T23:59:59"
        description="By the clock where it was taken."
        {...field('taken')}
      />
      <TextInput
        placeholder="+02:00"
        pattern={OFFSET}
        title="Hours and minutes, such as +02:00"
        description="Of that clock, if you know it."
        disabled={written.taken === ''}
        {...field('offset')}
      />
    </Group>
  );
}
