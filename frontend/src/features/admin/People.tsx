import { Badge, Button, EmptyState, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import type { PersonSummary } from '@/api/types';
import { askToConfirm } from '@/shared/dialogs';
import { moment } from '@/shared/pictures/words';
import { useSettings } from '@/shared/settings';
import classes from './Administration.module.css';
import { PagedList } from './PagedList';
import { block, getPeople, invite, remove, type Blocking } from './requests';
import { useAct } from './useAct';
import { usePages } from './usePages';

/** Who has an account, and whether they may use it. */
export function People() {
  const [searchedName, setSearchedName] = useState('');
  const [name, setName] = useState('');
  const list = usePages(['people', searchedName], (cursor, signal) =>
    getPeople(searchedName, cursor, signal),
  );
  const search = (event: SyntheticEvent) => {
    event.preventDefault();
    setSearchedName(name.trim().toLowerCase());
  };
  return (
    <Stack gap="xl">
      <Group align="end" gap="xl">
        <form onSubmit={search} role="search">
          <Group align="end" gap="xs">
            <TextInput
              label="Find somebody by username"
              value={name}
              maxLength={30}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" variant="default">
              Find
            </Button>
          </Group>
        </form>
        <Invite />
      </Group>
      <div>
        <PagedList
          list={list}
          things="people"
          itemsOf={(page) => page.people}
          empty={
            <EmptyState
              py="xl"
              icon={<IconUsers stroke={1.25} aria-hidden />}
              title={searchedName === '' ? 'Nobody yet' : `Nobody is called ${searchedName}`}
              description="People are listed from the first time on that they do something signed in."
            />
          }
        >
          {(people) => (
            <ul className={`${classes.list} ${classes.stacked}`}>
              {people.map((person) => (
                <PersonRow key={person.username} person={person} />
              ))}
            </ul>
          )}
        </PagedList>
      </div>
    </Stack>
  );
}

function Invite() {
  const { identity } = useSettings();
  const [email, setEmail] = useState('');
  const act = useAct(invite, (answer) => `An invitation is on its way to ${answer.email}.`);
  if (!identity || identity.sign_up === 'closed') return null;
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    act.mutate(email, { onSuccess: () => setEmail('') });
  };
  return (
    <form onSubmit={send}>
      <Group align="end" gap="xs">
        <TextInput
          label="Invite somebody by e-mail"
          type="email"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={act.isPending}>
          Invite
        </Button>
      </Group>
    </form>
  );
}

const STATES: Record<PersonSummary['state'], string | null> = {
  active: null,
  disabled: 'Disabled',
  erasing: 'Being deleted',
  erased: 'Deleted',
};

function PersonRow({
  person: { username, display_name, state, posts, created_at, you },
}: {
  person: PersonSummary;
}) {
  const blocking = useAct(
    (how: Blocking) => block(username, how),
    (_, how) => (how === 'disable' ? `${username} can do nothing any more.` : `${username} can go on.`),
  );
  const removal = useAct(remove, () => `${username} is blocked, and all that is theirs is being erased.`);
  const askToRemove = () => {
    void askToConfirm({
      title: `Delete ${username}?`,
      children: 'Their pictures, posts, likes and profile are erased for good. This can’t be undone.',
      labels: { confirm: 'Delete for good', cancel: 'Keep' },
      confirmProps: { color: 'red' },
      onConfirm: () => removal.mutate(username),
    });
  };
  const mayBeChanged = state === 'active' || state === 'disabled';
  return (
    <li>
      <div className={classes.about}>
        <Text component="div" fw={600}>
          <bdi>{display_name ?? username}</bdi> {you && <Badge variant="default">You</Badge>}{' '}
          {STATES[state] && <Badge color="red">{STATES[state]}</Badge>}
        </Text>
        <Text size="sm" c="dimmed">
          {username} · here since {moment(created_at)} · {posts === 1 ? '1 post' : `${posts} posts`}
        </Text>
      </div>
      {mayBeChanged && !you && (
        <div className={classes.acts} role="group" aria-label={username}>
          <Button
            size="xs"
            variant="default"
            loading={blocking.isPending}
            onClick={() => blocking.mutate(state === 'active' ? 'disable' : 'enable')}
          >
            {state === 'active' ? 'Disable' : 'Enable'}
          </Button>
          <Button size="xs" variant="subtle" color="red" loading={removal.isPending} onClick={askToRemove}>
            Delete
          </Button>
        </div>
      )}
    </li>
  );
}
