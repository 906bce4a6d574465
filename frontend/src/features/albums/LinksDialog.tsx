import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { inWords } from '@/api/problem';
import type { Album, AlbumLink, MadeLink } from '@/api/types';
import { LinkForm } from '@/shared/albums/LinkForm';
import { NewestLink } from '@/shared/albums/NewestLink';
import classes from './Albums.module.css';
import { LinkRow } from './LinkRow';
import { useEndLink, useLinks, useMakeLink } from './useLinks';

/** The links to an album: makes them, says what they are used for, ends and replaces them. */
export function LinksDialog({ album }: { album: Album }) {
  const [replaced, setReplaced] = useState<AlbumLink | null>(null);
  const [turn, setTurn] = useState(0);
  const links = useLinks(album.id);
  const making = useMakeLink(album.id);
  const ending = useEndLink(album.id);
  const list = useRef<HTMLDivElement>(null);
  const begin = (instead: AlbumLink | null) => {
    making.reset();
    setReplaced(instead);
    setTurn(turn + 1);
  };
  const failure = ending.error ?? (links.data ? null : links.error);
  return (
    <Stack gap="lg">
      {making.data ? (
        <MadeNow made={making.data} title={album.title} onAnother={() => begin(null)} />
      ) : (
        <LinkForm
          key={turn}
          takesFocus={turn > 0}
          like={replaced ?? undefined}
          button={replaced ? 'Replace the link' : 'Make a link'}
          busy={making.isPending}
          error={making.error}
          onReady={(link) =>
            making.mutate({ link, instead: replaced }, { onSuccess: () => setReplaced(null) })
          }
        />
      )}
      {failure && <Alert color="red">{inWords(failure)}</Alert>}
      {links.isPending && <Skeleton height={64} role="status" aria-label="Loading the links" />}
      <div ref={list} tabIndex={-1} className={classes.shown}>
        <ul className={classes.rows} aria-label="Links" aria-live="polite">
          {links.data?.map((link) => (
            <LinkRow
              key={link.link_id}
              link={link}
              busy={ending.isPending && ending.variables.link_id === link.link_id}
              onReplace={() => begin(link)}
              // The button that was pressed can’t keep the focus: it is gone.
              onEnd={() => ending.mutate(link, { onSuccess: () => list.current?.focus() })}
            />
          ))}
        </ul>
        {links.data?.length === 0 && (
          <Text size="sm" c="dimmed">
            No link opens this album at present.
          </Text>
        )}
      </div>
    </Stack>
  );
}

interface MadeNowProps {
  made: { made: MadeLink; ended: boolean };
  title: string;
  onAnother: () => void;
}

/** The link that was just made, and whether the one before it could be ended. */
function MadeNow({ made: { made, ended }, title, onAnother }: MadeNowProps) {
  return (
    <Stack gap="sm">
      <NewestLink link={made} title={title} />
      {!ended && (
        <Alert color="red">The link before could not be ended: it is still in the list below.</Alert>
      )}
      <Button variant="subtle" onClick={onAnother}>
        Make another link
      </Button>
    </Stack>
  );
}
