import { Alert, Button, Checkbox, NativeSelect, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { inWords } from '@/api/problem';
import type { AlbumLink, NewLink } from '@/api/types';
import { oneLine } from '@/shared/oneLine';

const DAY = 86_400;

const LIFETIMES = [
  { value: String(DAY), label: '1 day' },
  { value: String(7 * DAY), label: '7 days' },
  { value: String(30 * DAY), label: '30 days' },
  { value: String(365 * DAY), label: '1 year' },
  { value: '', label: 'Until you end it' },
];

const MODES = [
  { value: 'view', label: 'See the pictures' },
  { value: 'view_and_add', label: 'See them and add their own' },
  { value: 'add_only', label: 'Add their own, and see only these' },
];

const DOWNLOADS = [
  { value: 'none', label: 'Nothing' },
  { value: 'renditions', label: 'Pictures in screen size' },
  { value: 'originals', label: 'The original files' },
];

const SHORTEST_PASSWORD = 4;

/** How much guests may add by a link, unless the one before took more or less. */
const ROOM = { max_pictures: 500, max_bytes: 5_000_000_000 };

/** What the form holds; the selects' words are those of the contract. */
interface Draft {
  readonly lifetime: string;
  readonly mode: string;
  readonly downloads: string;
  readonly password: string;
  readonly review: boolean;
  readonly place: boolean;
  readonly name: string;
}

interface LinkFormProps {
  /** The link that this one shall be like. */
  like?: AlbumLink;
  /** Whether the focus goes to the form as it appears. */
  takesFocus?: boolean;
  button: string;
  busy: boolean;
  error: unknown;
  onReady: (link: NewLink) => void;
}

/** What whoever has a link may do, for how long, and with which password. */
export function LinkForm({ like, takesFocus = false, button, busy, error, onReady }: LinkFormProps) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(like));
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (takesFocus) first.current?.focus();
  }, [takesFocus]);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const short = draft.password !== '' && draft.password.length < SHORTEST_PASSWORD;
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!short) onReady({ ...linkOf(draft), ...roomOf(like) });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <NativeSelect
          ref={first}
          label="Whoever has the link can"
          data={MODES}
          value={draft.mode}
          onChange={({ currentTarget: { value } }) => set({ mode: value })}
        />
        <NativeSelect
          label="It works for"
          data={LIFETIMES}
          value={draft.lifetime}
          onChange={({ currentTarget: { value } }) => set({ lifetime: value })}
        />
        <MoreChoices draft={draft} short={short} lost={like?.has_password === true} set={set} />
        {error !== null && error !== undefined && <Alert color="red">{inWords(error)}</Alert>}
        <Button type="submit" loading={busy} data-autofocus>
          {button}
        </Button>
      </Stack>
    </form>
  );
}

interface MoreChoicesProps {
  draft: Draft;
  /** Whether the password is too short. */
  short: boolean;
  /** Whether the link before had a password, which nobody can read any more. */
  lost: boolean;
  set: (change: Partial<Draft>) => void;
}

function MoreChoices({ draft, short, lost, set }: MoreChoicesProps) {
  return (
    <>
      <PasswordInput
        label="Password"
        description={lost ? 'The link before had one, which is not kept: type it again.' : 'If you like.'}
        autoComplete="new-password"
        value={draft.password}
        error={short && 'At least four characters.'}
        onChange={({ currentTarget: { value } }) => set({ password: value })}
      />
      <NativeSelect
        label="They can download"
        data={DOWNLOADS}
        value={draft.downloads}
        onChange={({ currentTarget: { value } }) => set({ downloads: value })}
      />
      {draft.downloads === 'originals' && (
        <Checkbox
          label="Your files tell where they were taken"
          checked={draft.place}
          onChange={({ currentTarget: { checked } }) => set({ place: checked })}
        />
      )}
      {draft.mode !== 'view' && (
        <Checkbox
          label="What they add waits until you accept it"
          checked={draft.review}
          onChange={({ currentTarget: { checked } }) => set({ review: checked })}
        />
      )}
      <TextInput
        label="Name of the link"
        description="For you alone, such as “The family”."
        maxLength={60}
        value={draft.name}
        onChange={({ currentTarget: { value } }) => set({ name: value })}
      />
    </>
  );
}

function draftOf(like: AlbumLink | undefined): Draft {
  return {
    lifetime: like?.expires_at === null ? '' : String(30 * DAY),
    mode: like?.mode ?? 'view',
    downloads: like?.downloads ?? 'renditions',
    password: '',
    review: like?.review ?? true,
    place: like?.place ?? false,
    name: like?.name ?? '',
  };
}

function roomOf(like: AlbumLink | undefined): typeof ROOM {
  const { max_pictures, max_bytes } = like ?? ROOM;
  return { max_pictures, max_bytes };
}

function linkOf(draft: Draft): Omit<NewLink, keyof typeof ROOM> {
  const { lifetime, mode, downloads, password, review, place, name } = draft;
  return {
    mode: mode as NewLink['mode'],
    downloads: downloads as NewLink['downloads'],
    place: place && downloads === 'originals',
    review,
    ...(lifetime !== '' && { expires_in: Number(lifetime) }),
    ...(password !== '' && { password }),
    ...(oneLine(name) !== '' && { name: oneLine(name) }),
  };
}
