import { Alert, Button, Stack, Textarea } from '@mantine/core';
import { useId, useState } from 'react';
import { inWords } from '@/api/problem';
import { CharactersLeft } from '@/shared/CharactersLeft';
import { oneLine } from '@/shared/oneLine';
import { LONGEST } from './writePost';

interface TextFormProps {
  /** What is written already. */
  text: string;
  button: string;
  busy: boolean;
  error: unknown;
  onWritten: (text: string) => void;
}

/** Where somebody says what a post says, with how much room is left. */
export function TextForm({ text: before, button, busy, error, onWritten }: TextFormProps) {
  const [text, setText] = useState(before);
  const left = LONGEST - Array.from(oneLine(text)).length;
  const counter = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (left >= 0) onWritten(oneLine(text));
      }}
    >
      <Stack gap="sm">
        <Textarea
          label="What to say about it"
          description="If you like."
          data-autofocus
          autosize
          minRows={2}
          maxRows={5}
          value={text}
          error={left < 0}
          aria-describedby={counter}
          onChange={({ currentTarget: { value } }) => setText(value)}
        />
        <CharactersLeft id={counter} left={left} />
        {error !== null && <Alert color="red">{inWords(error)}</Alert>}
        <Button type="submit" loading={busy} disabled={left < 0}>
          {button}
        </Button>
      </Stack>
    </form>
  );
}
