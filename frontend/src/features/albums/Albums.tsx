import { useState, type ReactNode } from 'react';
import { Navigate } from 'react-router';
import type { Album } from '@/api/types';
import { addressOf } from '@/shared/pictures/view';
import { NewAlbumForm } from '@/shared/albums/NewAlbumForm';
import { useAlbums } from '@/shared/albums/useAlbums';
import { ListEnd } from '@/shared/ListEnd';
import { PageTitle } from '@/shared/PageTitle';
import { AlbumList } from './AlbumList';
import { Invitations } from './Invitations';
import classes from './Albums.module.css';

/** Albums: one's own, those that one was let into, and public ones. */
export function Albums({ isSignedIn }: { isSignedIn: boolean }) {
  const [own, others] = [useAlbums('own', isSignedIn), useAlbums('others')];
  const [made, setMade] = useState<Album | null>(null);
  const shared = others.data?.filter(({ role }) => role === 'contributor' || role === 'viewer');
  const open = others.data?.filter(({ role }) => role === null);
  if (made) return <Navigate to={addressOf({ kind: 'album', album: made.id })} />;
  return (
    <>
      <PageTitle>Albums</PageTitle>
      {isSignedIn && <Invitations />}
      {isSignedIn && (
        <Section title="Your albums">
          <div className={classes.form}>
            <NewAlbumForm onMade={setMade} />
          </div>
          <AlbumList list={own} albums={own.data} label="Your albums" none="You have no album yet." />
        </Section>
      )}
      {shared && shared.length > 0 && (
        <Section title="Shared with you">
          <AlbumList list={others} albums={shared} label="Albums shared with you" none="" />
        </Section>
      )}
      <Section title="Public albums">
        <AlbumList list={others} albums={open} label="Public albums" none="No album is public so far." />
      </Section>
      <ListEnd list={own.hasNextPage ? own : others} things="albums" />
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.subtitle}>{title}</h2>
      {children}
    </section>
  );
}
