import { ActionIcon, Center, Loader, Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useCallback, useRef, useState } from 'react';
import { Problem } from '@/api/problem';
import type { Image } from '@/api/types';
import type { Arriving } from '@/shared/pictures/arriving';
import { useImage } from '@/shared/pictures/useImage';
import { nameOf } from '@/shared/pictures/words';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { usePageTitle } from '@/shared/usePageTitle';
import { PictureBar } from './PictureBar';
import { PictureDetails, type ActionsOnPicture } from './PictureDetails';
import classes from './PictureView.module.css';
import { Stage } from './Stage';
import { useKey } from './useKey';
import type { Field } from './wordsOfForm';

interface PictureViewProps {
  id: string;
  arriving: readonly Arriving[];
  Actions: ActionsOnPicture;
  onShow: (id: string) => void;
  onClose: () => void;
}

/** One picture over the whole page, with all that is known of it. */
export function PictureView({ id, arriving, Actions, onShow, onClose }: PictureViewProps) {
  const { data: image, isPlaceholderData, error, refetch } = useImage(id);
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
        {image && <Picture {...{ image, arriving, Actions, onShow, onClose }} isWhole={!isPlaceholderData} />}
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
  /** Whether all of it is known, and not only what a list shows. */
  isWhole: boolean;
  arriving: readonly Arriving[];
  Actions: ActionsOnPicture;
  onShow: (id: string) => void;
  onClose: () => void;
}

function Picture({ image, isWhole, arriving, Actions, onShow, onClose }: PictureProps) {
  const preview = arriving.find(({ imageId }) => imageId === image.id)?.preview ?? null;
  const [panelOpen, setPanelOpen] = useState(true);
  const [edited, setEdited] = useState<{ id: string; first: Field } | null>(null);
  const details = useRef<HTMLDivElement>(null);
  const togglePanel = useCallback(() => {
    // Where the picture has the whole width, what is known of it is further down and not hidden.
    if (isNarrow()) details.current?.scrollIntoView({ block: 'start' });
    else setPanelOpen((before) => !before);
  }, []);
  const edit = (first: Field) => {
    setPanelOpen(true);
    setEdited({ id: image.id, first });
  };
  useKey('i', togglePanel);
  return (
    <div className={classes.split} data-panel={panelOpen}>
      <Stage image={image} preview={preview} onShow={onShow}>
        <PictureBar
          image={image}
          panelOpen={panelOpen}
          onPanel={togglePanel}
          onEdit={() => edit('title')}
          onGone={onClose}
        />
      </Stage>
      <PictureDetails
        ref={details}
        key={image.id}
        image={image}
        hidden={!panelOpen}
        writing={isWhole && edited?.id === image.id ? edited.first : null}
        onEdit={edit}
        onWritten={() => setEdited(null)}
        Actions={Actions}
      />
    </div>
  );
}

/** As PictureView.module.css has it. */
function isNarrow(): boolean {
  return window.matchMedia('(max-width: 56em)').matches;
}

function Absence({ error, retry }: { error: Error; retry: () => void }) {
  return error instanceof Problem && error.status === 404 ? (
    <ErrorNotice title="This picture isn’t here" error={error} />
  ) : (
    <ErrorNotice title="The picture could not be loaded" error={error} retry={retry} />
  );
}
