import { Button, Text } from '@mantine/core';
import type { AlbumLink } from '@/api/types';
import { moment } from '@/shared/pictures/words';
import classes from './Albums.module.css';

const MODES: Readonly<Record<AlbumLink['mode'], string>> = {
  view: 'Link to see',
  view_and_add: 'Link to see and add',
  add_only: 'Link to add',
};

interface LinkRowProps {
  link: AlbumLink;
  /** Whether it is about to end. */
  busy: boolean;
  onChange: () => void;
  onReplace: () => void;
  onEnd: () => void;
}

/** One link to an album: how it is used, until when, and the ways to end it. */
export function LinkRow({ link, busy, onChange, onReplace, onEnd }: LinkRowProps) {
  const { name, mode, opened, added, expires_at, has_password } = link;
  const title = name ?? `${MODES[mode]}, made ${moment(link.created_at)}`;
  const facts = [
    `opened ${timesInWords(opened)}`,
    ...(mode === 'view' ? [] : [`${added.toLocaleString('en')} added`]),
    expires_at === null ? 'no end' : `ends ${moment(expires_at)}`,
    ...(has_password ? ['with a password'] : []),
  ];
  return (
    <li className={classes.row}>
      <div>
        <bdi className={classes.name}>{title}</bdi>
        <Text size="sm" c="dimmed">
          {facts.join(' · ')}
        </Text>
      </div>
      <div className={classes.buttons}>
        <Button variant="default" size="compact-md" aria-label={`Change: ${title}`} onClick={onChange}>
          Change
        </Button>
        <Button variant="default" size="compact-md" aria-label={`Replace: ${title}`} onClick={onReplace}>
          Replace
        </Button>
        <Button
          variant="default"
          size="compact-md"
          loading={busy}
          aria-label={`End: ${title}`}
          onClick={onEnd}
        >
          End
        </Button>
      </div>
    </li>
  );
}

function timesInWords(times: number): string {
  return times === 1 ? 'once' : `${times.toLocaleString('en')} times`;
}
