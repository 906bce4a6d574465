import { ActionIcon, Center, Loader, Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Problem } from '@/api/problem';
import type { Image } from '@/api/types';
import type { Arriving } from '@/shared/pictures/arriving';
import { useImage } from '@/shared/pictures/useImage';
import { nameOf } from '@/shared/pictures/words';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { usePageTitle } from '@/shared/usePageTitle';
import { PictureDetails, type ActionsOnPicture } from './PictureDetails';
import classes from './PictureView.module.css';
import { Stage } from './Stage';

interface PictureViewProps {
  id: string;
  arriving: readonly Arriving[];
  Actions: ActionsOnPicture;
  onShow: (id: string) => void;
  onClose: () => void;
}

/** One picture over the whole page, with all that is known of it. */
export function PictureView({ id, arriving, Actions, onShow, onClose }: PictureViewProps) {
  const { data: image, error, refetch } = useImage(id);
  usePageTitle(image && nameOf(image));
  return (
    <Modal.Root
      returnFocus={false}
      opened
      onClose={() => liesOnTop() && onClose()}
      fullScreen
      transitionProps={{ transition: 'fade', duration: 150 }}
    >
      <Modal.Content className={classes.content} aria-label={image ? nameOf(image) : 'Picture'}>
        <ActionIcon
          className={classes.close}
          variant="default"
          size="lg"
          radius="xl"
          aria-label="Close"
          onClick={onClose}
          data-autofocus
        >
          <IconX size={20} />
        </ActionIcon>
        {image && (
          <Picture image={image} arriving={arriving} Actions={Actions} onShow={onShow} onClose={onClose} />
        )}
        {!image && (
          <Center className={classes.alone}>
            {error ? (
              <Absence error={error} retry={() => void refetch()} />
            ) : (
              <Loader role="status" aria-label="Loading the picture" />
            )}
          </Center>
        )}
      </Modal.Content>
    </Modal.Root>
  );
}

/** Escape closes a dialog over the picture, and not the picture with it. */
function liesOnTop(): boolean {
  return document.querySelectorAll('[aria-modal="true"]').length === 1;
}

interface PictureProps {
  image: Image;
  arriving: readonly Arriving[];
  Actions: ActionsOnPicture;
  onShow: (id: string) => void;
  onClose: () => void;
}

function Picture({ image, arriving, Actions, onShow, onClose }: PictureProps) {
  const preview = arriving.find(({ imageId }) => imageId === image.id)?.preview ?? null;
  return (
    <div className={classes.split}>
      <Stage image={image} preview={preview} onShow={onShow} />
      <PictureDetails key={image.id} image={image} Actions={Actions} onDeleted={onClose} />
    </div>
  );
}

function Absence({ error, retry }: { error: Error; retry: () => void }) {
  return error instanceof Problem && error.status === 404 ? (
    <ErrorNotice title="This picture isn’t here" error={error} />
  ) : (
    <ErrorNotice title="The picture could not be loaded" error={error} retry={retry} />
  );
}
