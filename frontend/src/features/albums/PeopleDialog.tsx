import { Alert, Autocomplete, Button, Group, NativeSelect, Skeleton, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { inWords } from '@/api/problem';
import type { Album, AlbumPerson, AlbumRole } from '@/api/types';
import { nameOfPerson } from '@/shared/people/names';
import classes from './Albums.module.css';
import { useLetGo, useLetIn, usePeople, useSuggestedPeople } from './usePeople';

const ROLES = [
  { value: 'viewer', label: 'Sees it' },
  { value: 'contributor', label: 'Sees it and adds pictures' },
];

/** Who is in an album, as what, and who is asked; lets people in and go. */
export function PeopleDialog({ album }: { album: Album }) {
  const people = usePeople(album.id);
  const letting = useLetIn(album.id);
  const removing = useLetGo(album.id);
  const list = useRef<HTMLDivElement>(null);
  const failure = removing.error ?? (people.data ? null : people.error);
  return (
    <Stack gap="lg">
      <InviteForm
        busy={letting.isPending}
        error={letting.error}
        onReady={(username, role, clear) => letting.mutate({ username, role }, { onSuccess: clear })}
      />
      {failure && <Alert color="red">{inWords(failure)}</Alert>}
      {people.isPending && <Skeleton height={64} role="status" aria-label="Loading the people" />}
      <div ref={list} tabIndex={-1} className={classes.shown}>
        <ul className={classes.rows} aria-label="People" aria-live="polite">
          {people.data?.map((member) => (
            <Member
              key={member.person.username}
              member={member}
              busy={removing.isPending && removing.variables === member.person.username}
              onRole={(role) => letting.mutate({ username: member.person.username, role })}
              // The button that was pressed can’t keep the focus: it is gone.
              onRemove={() =>
                removing.mutate(member.person.username, { onSuccess: () => list.current?.focus() })
              }
            />
          ))}
        </ul>
      </div>
    </Stack>
  );
}

interface InviteFormProps {
  busy: boolean;
  error: unknown;
  onReady: (username: string, role: AlbumRole, clear: () => void) => void;
}

function InviteForm({ busy, error, onReady }: InviteFormProps) {
  const [username, setUsername] = useState('');
  const [role, setRole] = useState<AlbumRole>('viewer');
  const name = username.trim().replace(/^@/, '').toLowerCase();
  const { data: suggested } = useSuggestedPeople(name);
  const displayNames = new Map(suggested?.map((user) => [user.username, user.display_name]));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onReady(name, role, () => setUsername(''));
      }}
    >
      <Stack gap="sm">
        <Autocomplete
          label="Username"
          description="Whom you follow or share an album with is in at once; others are asked."
          data-autofocus
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          value={username}
          error={error !== null && inWords(error)}
          onChange={setUsername}
          data={[...displayNames.keys()]}
          // Those found by their display names do not begin with what was written.
          filter={({ options }) => options}
          renderOption={({ option: { value } }) => (
            <Suggestion username={value} name={displayNames.get(value)} />
          )}
        />
        <Group align="end" gap="sm">
          <RoleSelect label="What they can do" role={role} onRole={setRole} />
          <Button type="submit" loading={busy} disabled={name === ''}>
            Invite
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Suggestion({ username, name }: { username: string; name: string | null | undefined }) {
  return (
    <div>
      @{username}
      {name && (
        <Text size="sm" c="dimmed">
          <bdi>{name}</bdi>
        </Text>
      )}
    </div>
  );
}

interface RoleSelectProps {
  label: string;
  /** Whether the label is only heard. */
  bare?: boolean;
  role: AlbumRole;
  onRole: (role: AlbumRole) => void;
}

function RoleSelect({ label, bare = false, role, onRole }: RoleSelectProps) {
  return (
    <NativeSelect
      {...(bare ? { 'aria-label': label } : { label })}
      data={ROLES}
      value={role}
      onChange={({ currentTarget: { value } }) => onRole(value === 'contributor' ? value : 'viewer')}
    />
  );
}

interface MemberProps {
  member: AlbumPerson;
  busy: boolean;
  onRole: (role: AlbumRole) => void;
  onRemove: () => void;
}

function Member({ member: { person, role, status }, busy, onRole, onRemove }: MemberProps) {
  const name = nameOfPerson(person);
  return (
    <li className={classes.row}>
      <div>
        <bdi className={classes.name}>{name}</bdi>
        {person.display_name !== null && (
          <Text size="sm" c="dimmed">
            @{person.username}
          </Text>
        )}
      </div>
      {role === 'owner' ? (
        <Text size="sm" c="dimmed">
          Owner
        </Text>
      ) : (
        <div className={classes.buttons}>
          {status === 'invited' && (
            <Text size="sm" c="dimmed">
              asked
            </Text>
          )}
          <RoleSelect label={`What ${name} can do`} bare role={role} onRole={onRole} />
          <Button variant="default" loading={busy} aria-label={`Remove ${name}`} onClick={onRemove}>
            Remove
          </Button>
        </div>
      )}
    </li>
  );
}
