import { useAlbums } from '@/shared/albums/useAlbums';
import { ListEnd } from '@/shared/ListEnd';
import { AlbumList } from './AlbumList';

/** The public albums of somebody, newest first. */
export function AlbumsBy({ username, name }: { username: string; name: string }) {
  const list = useAlbums({ by: username });
  return (
    <>
      <AlbumList
        list={list}
        albums={list.data}
        label={`Albums of ${name}`}
        none={`No album of ${name} is public.`}
      />
      <ListEnd list={list} things="albums" />
    </>
  );
}
