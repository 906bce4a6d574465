import { Anchor, Button, Text } from '@mantine/core';
import { IconLink, IconLogout, IconPencil, IconTrash, IconUsers } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Album } from '@/api/types';
import { daysInWords } from '@/shared/albums/words';
import { openDialog } from '@/shared/dialogs';
import { PageTitle } from '@/shared/PageTitle';
import { addressOfPerson, nameOfPerson } from '@/shared/people/names';
import { addressOf } from '@/shared/pictures/view';
import { countOf } from '@/shared/selection/useBatchTask';
import { AlbumReports } from './AlbumReports';
import classes from './Albums.module.css';
import { EditAlbum, EDIT_DIALOG } from './EditAlbum';
import { LinksDialog } from './LinksDialog';
import { PeopleDialog } from './PeopleDialog';
import { useDeleteAlbum } from './useDeleteAlbum';
import { useLeaveAlbum } from './useLeaveAlbum';

interface AlbumHeadProps {
  album: Album;
  /** Called once the album is no more, or no more for this person. */
  onGone: () => void;
}

/** What an album is called, by whom, of when and how many, and what can be done with it. */
export function AlbumHead({ album, onGone }: AlbumHeadProps) {
  const days = daysInWords(album);
  return (
    <div className={classes.head}>
      <Anchor component={Link} to="/albums" size="sm">
        All albums
      </Anchor>
      <PageTitle>
        <bdi>{album.title}</bdi>
      </PageTitle>
      <Text c="dimmed">
        {[countOf(album.count), ...(days === null ? [] : [days])].join(' · ')}
        {album.role !== 'owner' && album.owner_name && (
          <>
            {' · by '}
            <Anchor component={Link} to={addressOfPerson(album.owner_name.username)} underline="always">
              <bdi>{nameOfPerson(album.owner_name)}</bdi>
            </Anchor>
          </>
        )}
        {album.role === 'owner' && ` · ${album.visibility}`}
      </Text>
      {album.description !== null && <Text className={classes.description}>{album.description}</Text>}
      {album.pending !== null && album.pending > 0 && (
        <Anchor component={Link} to={addressOf({ kind: 'shelf', shelf: 'review' })} underline="always">
          {countOf(album.pending)} of guests {album.pending === 1 ? 'waits' : 'wait'} for you
        </Anchor>
      )}
      <AlbumReports album={album} />
      {album.role === 'owner' && <OwnActs album={album} onGone={onGone} />}
      {(album.role === 'contributor' || album.role === 'viewer') && <Leave album={album} onGone={onGone} />}
    </div>
  );
}

function OwnActs({ album, onGone }: AlbumHeadProps) {
  const askToDelete = useDeleteAlbum(onGone);
  const edit = () =>
    void openDialog({
      modalId: EDIT_DIALOG,
      title: 'Edit the album',
      children: <EditAlbum id={album.id} />,
    });
  const invite = () =>
    void openDialog({ title: 'People of the album', children: <PeopleDialog album={album} /> });
  const share = () => void openDialog({ title: 'Share by a link', children: <LinksDialog album={album} /> });
  return (
    <div className={classes.acts}>
      <Button leftSection={<IconLink size={16} aria-hidden />} onClick={share}>
        Share
      </Button>
      <Button variant="default" leftSection={<IconUsers size={16} aria-hidden />} onClick={invite}>
        People
      </Button>
      <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={edit}>
        Edit
      </Button>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => askToDelete(album)}
      >
        Delete
      </Button>
    </div>
  );
}

function Leave({ album, onGone }: AlbumHeadProps) {
  const askToLeave = useLeaveAlbum(onGone);
  return (
    <div className={classes.acts}>
      <Button
        variant="default"
        leftSection={<IconLogout size={16} aria-hidden />}
        onClick={() => askToLeave(album)}
      >
        Leave
      </Button>
    </div>
  );
}
