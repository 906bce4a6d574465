import { Center, Loader } from '@mantine/core';
import { useParams } from 'react-router';
import { Mosaic } from '@/features/mosaic/Mosaic';
import { useImage } from '@/shared/pictures/useImage';
import { nameOf } from '@/shared/pictures/words';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { usePageTitle } from '@/shared/usePageTitle';

/** Mosaics of the picture that the address names. */
export function MosaicPage() {
  const { id = '' } = useParams();
  const { data: image, error, refetch } = useImage(id);
  usePageTitle(image && `Mosaic of “${nameOf(image)}”`);
  if (image) return <Mosaic key={id} image={image} />;
  if (error)
    return <ErrorNotice title="This picture can’t be had" error={error} retry={() => void refetch()} />;
  return (
    <Center mih="60dvh">
      <Loader role="status" aria-label="Loading the picture" />
    </Center>
  );
}
