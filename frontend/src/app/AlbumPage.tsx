import { EmptyState } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { AlbumHead } from '@/features/albums/AlbumHead';
import { useMovePictures } from '@/features/albums/useMovePictures';
import { Gallery } from '@/features/gallery/Gallery';
import { GridSkeleton } from '@/features/gallery/GridSkeleton';
import { applyOutcomes } from '@/features/upload/onPage';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { useAlbum } from '@/shared/pictures/useAlbum';
import { useView } from '@/shared/pictures/view';
import { usePageTitle } from '@/shared/usePageTitle';
import { LazyTable } from './LazyTable';

/** An album: what it is called, what can be done with it, and its pictures in its order. */
export default function AlbumPage() {
  const view = useView();
  const { data: album, error, refetch } = useAlbum(view.kind === 'album' ? view.album : null);
  const navigate = useNavigate();
  const leave = async () => {
    await navigate('/albums');
    document.getElementById('content')?.focus();
  };
  const { mutate: move } = useMovePictures(album);
  usePageTitle(album?.title);
  if (album === undefined && error === null) return <GridSkeleton />;
  if (album === undefined)
    return (
      <ErrorNotice
        title={<h1>This album could not be opened</h1>}
        error={error}
        retry={() => void refetch()}
      />
    );
  return (
    <>
      <AlbumHead album={album} onGone={() => void leave()} />
      <Gallery
        arriving={[]}
        onOutcomes={applyOutcomes}
        empty={<Empty mayAdd={album.role === 'owner' || album.role === 'contributor'} />}
        Table={LazyTable}
        onMove={
          album.role === 'owner' && album.order === 'manual'
            ? (ids, after) => move({ ids, after })
            : undefined
        }
      />
    </>
  );
}

function Empty({ mayAdd }: { mayAdd: boolean }) {
  return (
    <EmptyState
      py="xl"
      icon={<IconFolderOpen stroke={1.25} aria-hidden />}
      title="No pictures in this album yet"
      description={mayAdd ? 'Select some among your pictures, and choose “Add to album”.' : undefined}
    />
  );
}
