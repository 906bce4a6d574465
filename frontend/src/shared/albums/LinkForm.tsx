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

/** Stands for the end that a link has already. */
const AS_IT_IS = 'as it is';

const SHORTEST_PASSWORD = 4;

/** How much guests may add by a link, unless the one before took more or less. */
const ROOM = { max_pictures: 500, max_bytes: 5_000_000_000 };

/** What the form holds; the selects' words are those of the contract. */
interface Draft {
  readonly lifetime: string;
  readonly mode: string;
  readonly downloads: string;
  readonly password: string;
  /** Whether the password that there is goes. */
  readonly open: boolean;
  readonly review: boolean;
  readonly place: boolean;
  readonly name: string;
}

interface LinkFormProps {
  /** The link that this one shall be like. */
  like?: AlbumLink | undefined;
  /** Whether that very link is changed: then its end and its password stay unless others are given. */
  changes?: boolean;
  /** Whether the focus goes to the form as it appears. */
  takesFocus?: boolean;
  button: string;
  busy: boolean;
  error: unknown;
  /** Told what the link is to be; of one that is changed, null takes away what it had. */
  onReady: (link: NewLink) => void;
}

/** What whoever has a link may do, for how long, and with which password. */
export function LinkForm({
  like,
  changes = false,
  takesFocus = false,
  button,
  busy,
  error,
  onReady,
}: LinkFormProps) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(like, changes));
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (takesFocus) first.current?.focus();
  }, [takesFocus]);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const short = draft.password !== '' && draft.password.length < SHORTEST_PASSWORD;
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!short) onReady({ ...linkOf(draft, changes), ...roomOf(like) });
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
          data={changes ? [{ value: AS_IT_IS, label: 'As long as it does now' }, ...LIFETIMES] : LIFETIMES}
          value={draft.lifetime}
          onChange={({ currentTarget: { value } }) => set({ lifetime: value })}
        />
        <MoreChoices
          draft={draft}
          short={short}
          password={like?.has_password !== true ? 'none' : changes ? 'kept' : 'lost'}
          set={set}
        />
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
  /** What there is of a password: none, one that is kept, or one of the link before, which nobody can read any more. */
  password: keyof typeof PASSWORDS;
  set: (change: Partial<Draft>) => void;
}

const PASSWORDS = {
  none: 'If you like.',
  kept: 'Left empty, it stays as it is.',
  lost: 'The link before had one, which is not kept: type it again.',
} as const;

function MoreChoices({ draft, short, password, set }: MoreChoicesProps) {
  return (
    <>
      <PasswordInput
        label="Password"
        description={PASSWORDS[password]}
        disabled={draft.open}
        autoComplete="new-password"
        value={draft.password}
        error={short && 'At least four characters.'}
        onChange={({ currentTarget: { value } }) => set({ password: value })}
      />
      {password === 'kept' && (
        <Checkbox
          label="It opens without a password"
          checked={draft.open}
          onChange={({ currentTarget: { checked } }) => set({ open: checked, password: '' })}
        />
      )}
      <NativeSelect
        label="They can download"
        data={DOWNLOADS}
        value={draft.downloads}
        onChange={({ currentTarget: { value } }) => set({ downloads: value })}
      />
      <Checkbox
        label="They learn where your pictures were taken"
        checked={draft.place}
        onChange={({ currentTarget: { checked } }) => set({ place: checked })}
      />
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

function draftOf(like: AlbumLink | undefined, changes: boolean): Draft {
  const lifetime = like?.expires_at === null ? '' : String(30 * DAY);
  return {
    lifetime: changes ? AS_IT_IS : lifetime,
    mode: like?.mode ?? 'view',
    downloads: like?.downloads ?? 'renditions',
    password: '',
    open: false,
    review: like?.review ?? true,
    place: like?.place ?? false,
    name: like?.name ?? '',
  };
}

function roomOf(like: AlbumLink | undefined): typeof ROOM {
  const { max_pictures, max_bytes } = like ?? ROOM;
  return { max_pictures, max_bytes };
}

/** What a new link is not given is left out; of a link that is changed, null takes it away. */
function linkOf(draft: Draft, changes: boolean): Omit<NewLink, keyof typeof ROOM> {
  const { lifetime, mode, downloads, password, open, review, place, name } = draft;
  const gone = (is: boolean) => changes && is;
  return {
    mode: mode as NewLink['mode'],
    downloads: downloads as NewLink['downloads'],
    place,
    review,
    ...(lifetime !== '' && lifetime !== AS_IT_IS && { expires_in: Number(lifetime) }),
    ...(gone(lifetime === '') && { expires_in: null }),
    ...(password !== '' && { password }),
    ...(gone(open) && { password: null }),
    ...(oneLine(name) !== '' && { name: oneLine(name) }),
    ...(gone(oneLine(name) === '') && { name: null }),
  };
}
