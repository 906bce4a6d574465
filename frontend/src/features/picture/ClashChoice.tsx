import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import classes from './ClashChoice.module.css';
import { FIELDS, type Field, type Written } from './wordsOfForm';

interface ClashChoiceProps {
  fields: readonly Field[];
  theirs: Written;
  mine: Written;
  busy: boolean;
  /** Told for which fields theirs is to stay. */
  onChoose: (theirs: ReadonlySet<Field>) => void;
  onBack: () => void;
}

/** Shows what two people have written of a picture at the same time, and lets one choose for each field. */
export function ClashChoice({ fields, theirs, mine, busy, onChoose, onBack }: ClashChoiceProps) {
  const [kept, setKept] = useState<ReadonlySet<Field>>(new Set());
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const choose = (field: Field, chosen: Written) => {
    const others = [...kept].filter((other) => other !== field);
    setKept(new Set(chosen === theirs ? [...others, field] : others));
  };
  return (
    <form
      aria-label="Two versions of this picture’s words"
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(kept);
      }}
    >
      <Stack gap="md">
        <h3 ref={head} tabIndex={-1} className={classes.head}>
          Somebody else has changed this meanwhile
        </h3>
        <Text size="sm">Nothing is saved yet. Choose what shall stay.</Text>
        {fields.map((field) => (
          <fieldset key={field} className={classes.field}>
            <legend>{FIELDS[field].name}</legend>
            <Version
              name={field}
              words="Theirs"
              text={theirs[field]}
              chosen={kept.has(field)}
              onChoose={() => choose(field, theirs)}
            />
            <Version
              name={field}
              words="Yours"
              text={mine[field]}
              chosen={!kept.has(field)}
              onChoose={() => choose(field, mine)}
            />
          </fieldset>
        ))}
        <Group gap="sm">
          <Button type="submit" loading={busy}>
            Save this choice
          </Button>
          <Button variant="default" onClick={onBack}>
            Back to my words
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface VersionProps {
  /** What both versions of a field have in common. */
  name: Field;
  words: string;
  text: string;
  chosen: boolean;
  onChoose: () => void;
}

function Version({ name, words, text, chosen, onChoose }: VersionProps) {
  return (
    <label className={classes.version}>
      <input type="radio" name={name} checked={chosen} onChange={onChoose} />
      <b>{words}</b> <span>{text.trim() === '' ? <i>nothing</i> : text}</span>
    </label>
  );
}
