import { Button, Group, TextInput } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useSettings } from '@/shared/settings';
import classes from './Administration.module.css';
import { pause, resume } from './requests';
import { useAct } from './useAct';

/** Stopping what costs money, with words for everybody, and letting it go on. */
export function Pausing() {
  const { pause: paused } = useSettings();
  return (
    <section aria-labelledby="pausing">
      <h2 id="pausing" className={classes.subtitle}>
        {paused ? 'Captioning is paused' : 'Pause captioning'}
      </h2>
      {paused ? <Resume /> : <Pause />}
    </section>
  );
}

function Resume() {
  const act = useAct(resume, () => 'Captioning goes on; the pictures that waited come first.');
  return (
    <Button
      leftSection={<IconPlayerPlay size={16} aria-hidden />}
      loading={act.isPending}
      onClick={() => act.mutate(undefined)}
    >
      Go on captioning
    </Button>
  );
}

function Pause() {
  const [reason, setReason] = useState('');
  const act = useAct(pause, () => 'No picture is looked at until you let captioning go on.');
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    act.mutate(reason.trim(), { onSuccess: () => setReason('') });
  };
  return (
    <form onSubmit={send}>
      <Group align="end" gap="xs">
        <TextInput
          label="Why, in words that everybody reads"
          flex="1 1 16rem"
          maxLength={300}
          required
          withAsterisk={false}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          loading={act.isPending}
          disabled={reason.trim() === ''}
        >
          Pause
        </Button>
      </Group>
    </form>
  );
}
