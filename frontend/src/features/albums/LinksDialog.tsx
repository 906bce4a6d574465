import { Alert, Button, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Album, AlbumLink, MadeLink, NewLink } from '@/api/types';
import { LinkForm } from '@/shared/albums/LinkForm';
import { NewestLink } from '@/shared/albums/NewestLink';
import { LinkList, useLinkList } from '@/shared/LinkList';
import { LinkRow } from './LinkRow';
import { useChangeLink, useEndLink, useLinks, useMakeLink } from './useLinks';

/** What the form is for: a new link, one in the place of another, or that other one itself. */
interface Form {
  readonly like: AlbumLink | null;
  readonly changes: boolean;
  /** Counts up whenever the form begins anew. */
  readonly turn: number;
  /** Whether the button that was pressed for it gives it the focus. */
  readonly takesFocus: boolean;
}

/** The links to an album: makes them, says what they are used for, changes, replaces and ends them. */
export function LinksDialog({ album }: { album: Album }) {
  const [form, setForm] = useState<Form>({ like: null, changes: false, turn: 0, takesFocus: false });
  const links = useLinks(album.id);
  const making = useMakeLink(album.id);
  const changing = useChangeLink(album.id);
  const ending = useEndLink(album.id);
  const { place, lead } = useLinkList();
  const begin = (like: AlbumLink | null, changes = false, takesFocus = true) => {
    making.reset();
    changing.reset();
    setForm(({ turn }) => ({ like, changes, turn: turn + 1, takesFocus }));
  };
  const send = (link: NewLink) => {
    if (!form.changes || form.like === null) making.mutate({ link, instead: form.like });
    else
      changing.mutate(
        { link: form.like, change: link },
        {
          onSuccess: () => {
            begin(null, false, false);
            lead.onSuccess();
          },
        },
      );
  };
  return (
    <Stack gap="lg">
      {making.data ? (
        <MadeNow made={making.data} title={album.title} onAnother={() => begin(null)} />
      ) : (
        <LinkForm
          key={form.turn}
          takesFocus={form.takesFocus}
          like={form.like ?? undefined}
          changes={form.changes}
          button={form.like === null ? 'Make a link' : form.changes ? 'Change the link' : 'Replace the link'}
          busy={making.isPending || changing.isPending}
          error={making.error ?? changing.error}
          onReady={send}
        />
      )}
      <LinkList list={links} error={ending.error} none="No link opens this album at present." place={place}>
        {(link) => (
          <LinkRow
            key={link.link_id}
            link={link}
            busy={ending.isPending && ending.variables.link_id === link.link_id}
            onChange={() => begin(link, true)}
            onReplace={() => begin(link)}
            onEnd={() => ending.mutate(link, lead)}
          />
        )}
      </LinkList>
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
