import { VisuallyHidden } from '@mantine/core';
import { Outlet } from 'react-router';
import { Gallery } from '@/features/gallery/Gallery';
import { UploadButton } from '@/features/upload/UploadButton';
import { uploads } from '@/features/upload/uploads';
import { useArriving } from '@/features/upload/useArriving';
import type { Outcomes } from '@/shared/pictures/arriving';
import { mayUpload, useSettings } from '@/shared/settings';

const settle = (outcomes: Outcomes) => uploads.settle(outcomes);

/** The gallery with the uploads of this page among its pictures, and the open picture over it. */
export function GalleryPage() {
  const settings = useSettings();
  const invitation = mayUpload(settings) ? <UploadButton size="md" /> : null;
  return (
    <>
      <VisuallyHidden component="h1">Pictures</VisuallyHidden>
      <Gallery arriving={useArriving()} onSettled={settle} invitation={invitation} />
      <Outlet />
    </>
  );
}
