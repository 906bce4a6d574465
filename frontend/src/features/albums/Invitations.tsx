import { Alert, Button, Text } from '@mantine/core';
import { useRef } from 'react';
import { inWords } from '@/api/problem';
import type { Invitation } from '@/api/types';
import { useMe } from '@/shared/people/me';
import { nameOfPerson } from '@/shared/people/names';
import classes from './Albums.module.css';
import { useAnswer } from './usePeople';

/** The albums that one is asked into, to be accepted or declined; nothing where there is none. */
export function Invitations() {
  const { data: me } = useMe();
  const answering = useAnswer();
  const list = useRef<HTMLElement>(null);
  const answer = (albumId: string, accept: boolean) =>
    answering.mutate({ albumId, accept }, { onSuccess: () => list.current?.focus() });
  return (
    <section ref={list} tabIndex={-1} className={classes.shown} aria-label="Invitations">
      {me && me.invitations.length > 0 && <h2 className={classes.subtitle}>Invitations</h2>}
      {answering.error && <Alert color="red">{inWords(answering.error)}</Alert>}
      <ul className={classes.rows} aria-live="polite">
        {me?.invitations.map((invitation) => (
          <Asked
            key={invitation.album_id}
            invitation={invitation}
            busy={answering.isPending && answering.variables.albumId === invitation.album_id}
            onAnswer={(accept) => answer(invitation.album_id, accept)}
          />
        ))}
      </ul>
    </section>
  );
}

interface AskedProps {
  invitation: Invitation;
  busy: boolean;
  onAnswer: (accept: boolean) => void;
}

function Asked({ invitation: { title, role, owner }, busy, onAnswer }: AskedProps) {
  return (
    <li className={classes.row}>
      <div>
        <bdi className={classes.name}>{title}</bdi>
        <Text size="sm" c="dimmed">
          {owner && `by ${nameOfPerson(owner)} · `}
          {role === 'contributor' ? 'you can add your pictures' : 'you can see its pictures'}
        </Text>
      </div>
      <div className={classes.buttons}>
        <Button loading={busy} aria-label={`Accept: ${title}`} onClick={() => onAnswer(true)}>
          Accept
        </Button>
        <Button
          variant="default"
          disabled={busy}
          aria-label={`Decline: ${title}`}
          onClick={() => onAnswer(false)}
        >
          Decline
        </Button>
      </div>
    </li>
  );
}
