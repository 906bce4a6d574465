import { Anchor, Group, Text, VisuallyHidden } from '@mantine/core';
import { Link, Outlet } from 'react-router';
import { SignInButton } from '@/features/account/SignInButton';
import { Gallery } from '@/features/gallery/Gallery';
import { UploadButton } from '@/features/upload/UploadButton';
import { settleUploads } from '@/features/upload/uploads';
import { useArriving } from '@/features/upload/useArriving';
import { usePerson } from '@/shared/account/person';
import { useMayUpload } from '@/shared/account/rights';
import { useOwnerFilter } from '@/shared/pictures/useOwnerFilter';
import { useSettings } from '@/shared/settings';

/** The gallery with the uploads of this page among its pictures, and the open picture over it. */
export function GalleryPage() {
  return (
    <>
      <Heading />
      <Gallery arriving={useArriving()} onSettled={settleUploads} invitation={<Invitation />} />
      <Outlet />
    </>
  );
}

/** Says whose pictures these are, where they aren't everybody's. */
function Heading() {
  const owner = useOwnerFilter();
  const person = usePerson();
  if (owner === null) return <VisuallyHidden component="h1">Pictures</VisuallyHidden>;
  return (
    <Group gap="md" mb="md" align="baseline">
      <h1>
        <Text span size="xl" fw={650}>
          {owner === person?.sub ? 'My pictures' : 'Pictures of one person'}
        </Text>
      </h1>
      <Anchor component={Link} to="/" size="sm">
        All pictures
      </Anchor>
    </Group>
  );
}

/** What somebody can do about an empty gallery. */
function Invitation() {
  const { identity, demo_only } = useSettings();
  if (useMayUpload()) return <UploadButton size="md" />;
  return identity === null || demo_only ? null : <SignInButton toAdd size="md" />;
}
