import { Anchor, Group, Text, VisuallyHidden } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import { SignInButton } from '@/features/account/SignInButton';
import { Gallery } from '@/features/gallery/Gallery';
import { GridSkeleton } from '@/features/gallery/GridSkeleton';
import { UploadButton } from '@/features/upload/UploadButton';
import { applyOutcomes } from '@/features/upload/onPage';
import { useArriving } from '@/features/upload/useArriving';
import { usePerson } from '@/api/person';
import { useMayUpload } from '@/shared/account/rights';
import { SHELVES } from '@/shared/pictures/shelves';
import { useView } from '@/shared/pictures/view';
import { useSettings } from '@/shared/settings';
import { Quoted } from '@/shared/Quoted';
import { LazyTable } from './LazyTable';

const EmptyGallery = lazy(() => import('@/features/gallery/EmptyGallery'));
const FoundPictures = lazy(() => import('./FoundPictures'));
const GuestFoot = lazy(() => import('./GuestFoot'));
const EmptyList = lazy(() => import('./EmptyList'));
const AlbumPage = lazy(() => import('./AlbumPage'));

/** The pictures that the address asks for, and the open picture over them; a gallery for trying opens on just that. */
export function GalleryPage() {
  const { kind } = useView();
  const { demo_only } = useSettings();
  const { pathname, search } = useLocation();
  if (demo_only && pathname === '/' && search === '') return <Navigate to="/try" replace />;
  return (
    <>
      <Suspense fallback={<GridSkeleton />}>
        {kind === 'search' || kind === 'similar' ? (
          <FoundPictures />
        ) : kind === 'album' ? (
          <AlbumPage />
        ) : (
          <ListedPictures />
        )}
      </Suspense>
      <Suspense>
        <Outlet />
      </Suspense>
    </>
  );
}

/** The pictures by age, with the uploads of this page among them. */
function ListedPictures() {
  const view = useView();
  return (
    <>
      <Heading />
      <Gallery
        arriving={useArriving()}
        onOutcomes={applyOutcomes}
        empty={<Empty />}
        Foot={view.kind === 'shelf' && view.shelf === 'review' ? GuestFoot : undefined}
        Table={LazyTable}
      />
    </>
  );
}

/** Says whose or what pictures these are, where they aren't all. */
function Heading() {
  const title = useTitle();
  if (title === null) return <VisuallyHidden component="h1">Pictures</VisuallyHidden>;
  return (
    <Group gap="md" mb="md" align="baseline">
      <h1>
        <Text span size="xl" fw={650}>
          {title}
        </Text>
      </h1>
      <Anchor component={Link} to="/" size="sm">
        All pictures
      </Anchor>
    </Group>
  );
}

function useTitle(): React.ReactNode {
  const view = useView();
  const person = usePerson();
  switch (view.kind) {
    case 'owner':
      return view.owner === person?.sub ? 'My pictures' : 'Pictures of one person';
    case 'label':
      return (
        <>
          Pictures labelled <Quoted>{view.label}</Quoted>
        </>
      );
    case 'shelf':
      return view.shelf === 'trash' ? 'Trash, kept for 30 days' : SHELVES[view.shelf].name;
    default:
      return null;
  }
}

function Empty() {
  const view = useView();
  return (
    <Suspense>
      {view.kind === 'label' || view.kind === 'shelf' ? (
        <EmptyList view={view} />
      ) : (
        <EmptyGallery invitation={<Invitation />} />
      )}
    </Suspense>
  );
}

/** What somebody can do about an empty gallery. */
function Invitation() {
  const { identity, demo_only } = useSettings();
  if (useMayUpload()) return <UploadButton size="md" />;
  return identity === null || demo_only ? null : <SignInButton toAdd size="md" />;
}
