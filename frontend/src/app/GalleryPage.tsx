import { Anchor, EmptyState, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconTagOff } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { Link, Navigate, Outlet, useLocation } from 'react-router';
import { SignInButton } from '@/features/account/SignInButton';
import { EmptyGallery } from '@/features/gallery/EmptyGallery';
import { Gallery } from '@/features/gallery/Gallery';
import { GridSkeleton } from '@/features/gallery/GridSkeleton';
import { UploadButton } from '@/features/upload/UploadButton';
import { applyOutcomes } from '@/features/upload/onPage';
import { useArriving } from '@/features/upload/useArriving';
import { usePerson } from '@/api/person';
import { useMayUpload } from '@/shared/account/rights';
import { SHELVES } from '@/shared/pictures/shelves';
import { useView, type Shelf } from '@/shared/pictures/view';
import { useSettings } from '@/shared/settings';
import { Quoted } from '@/shared/Quoted';
import { LazyTable } from './LazyTable';

const FoundPictures = lazy(() => import('./FoundPictures'));

/** The pictures that the address asks for, and the open picture over them; a gallery for trying opens on just that. */
export function GalleryPage() {
  const { kind } = useView();
  const { demo_only } = useSettings();
  const { pathname, search } = useLocation();
  if (demo_only && pathname === '/' && search === '') return <Navigate to="/try" replace />;
  return (
    <>
      {kind === 'search' || kind === 'similar' ? (
        <Suspense fallback={<GridSkeleton />}>
          <FoundPictures />
        </Suspense>
      ) : (
        <ListedPictures />
      )}
      <Outlet />
    </>
  );
}

/** The pictures by age, with the uploads of this page among them. */
function ListedPictures() {
  return (
    <>
      <Heading />
      <Gallery arriving={useArriving()} onOutcomes={applyOutcomes} empty={<Empty />} Table={LazyTable} />
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
  switch (view.kind) {
    case 'label':
      return <NoneLabelled label={view.label} />;
    case 'shelf':
      return <EmptyShelf shelf={view.shelf} />;
    default:
      return <EmptyGallery invitation={<Invitation />} />;
  }
}

function NoneLabelled({ label }: { label: string }) {
  return (
    <EmptyState
      py="xl"
      icon={<IconTagOff stroke={1.25} aria-hidden />}
      title={
        <>
          No picture is labelled <Quoted>{label}</Quoted>
        </>
      }
      description="Labels come from the model, which has to be sure enough of them, or from a picture’s owner."
    />
  );
}

const EMPTY: Readonly<Record<Shelf, { title: string; description: string }>> = {
  favourites: {
    title: 'No favourites yet',
    description: 'The heart of a picture puts it here.',
  },
  archive: {
    title: 'Nothing is archived',
    description: 'Archived pictures stand in no other list, and are still found by searching.',
  },
  trash: {
    title: 'The trash is empty',
    description: 'Pictures stay here for 30 days before they are deleted for good.',
  },
};

function EmptyShelf({ shelf }: { shelf: Shelf }) {
  const { title, description } = EMPTY[shelf];
  const { Sign } = SHELVES[shelf];
  return (
    <EmptyState py="xl" icon={<Sign stroke={1.25} aria-hidden />} title={title} description={description} />
  );
}

/** What somebody can do about an empty gallery. */
function Invitation() {
  const { identity, demo_only } = useSettings();
  if (useMayUpload()) return <UploadButton size="md" />;
  return identity === null || demo_only ? null : <SignInButton toAdd size="md" />;
}
