import { Outlet } from 'react-router';
import { Gallery } from '@/features/gallery/Gallery';
import { UploadButton } from '@/features/upload/UploadButton';
import { uploads } from '@/features/upload/uploads';
import { useArriving } from '@/features/upload/useArriving';
import { mayUpload, useSettings } from '@/shared/settings';

const settle = (ids: ReadonlySet<string>) => {
  uploads.settle(ids);
};

/** The gallery with the uploads of this page among its pictures, and the open picture over it. */
export function GalleryPage() {
  const settings = useSettings();
  const invitation = mayUpload(settings) ? <UploadButton size="md" /> : null;
  return (
    <>
      <h1 className="mantine-visually-hidden">Pictures</h1>
      <Gallery arriving={useArriving()} onSettled={settle} invitation={invitation} />
      <Outlet />
    </>
  );
}
