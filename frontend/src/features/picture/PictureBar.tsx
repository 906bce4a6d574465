import { ActionIcon } from '@mantine/core';
import {
  IconArchive,
  IconArchiveOff,
  IconDownload,
  IconHeart,
  IconHeartFilled,
  IconInfoCircle,
  IconPencil,
  IconRestore,
  IconShare2,
  IconTrash,
  IconTrashX,
  type Icon,
} from '@tabler/icons-react';
import { useCallback, type MouseEvent } from 'react';
import type { Image } from '@/api/types';
import { usePerson } from '@/api/person';
import { useMayChange } from '@/shared/account/rights';
import { useChangeImage } from '@/shared/pictures/useChangeImage';
import { useFavourite } from '@/shared/pictures/useFavourite';
import { useDeleteImage } from '@/shared/pictures/useDeleteImage';
import { useRestoreImage, useTrashImage } from '@/shared/pictures/useTrashImage';
import { useSaveImage } from '@/shared/pictures/useSaveImage';
import { sharePicture } from './sharePicture';
import { useKey } from './useKey';
import classes from './PictureBar.module.css';

interface PictureBarProps {
  image: Image;
  /** Whether all that is known of the picture stands beside it. */
  panelOpen: boolean;
  onPanel: () => void;
  onEdit: () => void;
  onGone: () => void;
}

/** What is done with pictures most often, on the picture itself. */
export function PictureBar({ image, panelOpen, onPanel, onEdit, onGone }: PictureBarProps) {
  const mayChange = useMayChange(image);
  const isSignedIn = usePerson() !== null;
  const save = useSaveImage();
  return (
    <div role="toolbar" aria-label="Actions" className={classes.bar}>
      {image.visibility === 'public' && image.trashed_at === null && (
        <Action name="Share" Icon={IconShare2} onClick={() => void sharePicture(image)} />
      )}
      <ActionIcon
        {...LOOK}
        component="a"
        href={image.urls.original}
        download={image.filename ?? true}
        aria-label="Download"
        title="Download"
        onClick={(event: MouseEvent) => save(event, image)}
      >
        <IconDownload size={20} aria-hidden />
      </ActionIcon>
      {isSignedIn && image.trashed_at === null && <FavouriteAction image={image} />}
      {mayChange && <Action name="Edit" Icon={IconPencil} onClick={onEdit} />}
      {mayChange && image.owner !== null && image.trashed_at === null && <ArchiveAction image={image} />}
      {mayChange && <TrashActions image={image} onGone={onGone} />}
      <Action
        name="About this picture"
        keys="i"
        pressed={panelOpen}
        Icon={IconInfoCircle}
        onClick={onPanel}
      />
    </div>
  );
}

function FavouriteAction({ image }: Pick<PictureBarProps, 'image'>) {
  const toggle = useFavourite();
  const act = useCallback(() => toggle(image), [toggle, image]);
  useKey('f', act);
  return (
    <Action
      name="Favourite"
      keys="f"
      pressed={image.favourite}
      Icon={image.favourite ? IconHeartFilled : IconHeart}
      onClick={act}
    />
  );
}

/** Out of every list but the archive, and back. */
function ArchiveAction({ image }: Pick<PictureBarProps, 'image'>) {
  const { mutate } = useChangeImage();
  const { archived } = image;
  return (
    <Action
      name="Archive"
      pressed={archived}
      Icon={archived ? IconArchiveOff : IconArchive}
      onClick={() => mutate({ base: image, change: { archived: !archived } })}
    />
  );
}

/** Into the trash, and from there back or away for good. */
function TrashActions({ image, onGone }: Pick<PictureBarProps, 'image' | 'onGone'>) {
  const trash = useTrashImage(onGone);
  const restore = useRestoreImage();
  const askToDelete = useDeleteImage(onGone);
  if (image.trashed_at === null)
    return <Action name="Move to the trash" Icon={IconTrash} onClick={() => trash(image)} />;
  return (
    <>
      <Action name="Restore" Icon={IconRestore} onClick={() => restore(image)} />
      <Action name="Delete for good" Icon={IconTrashX} onClick={() => askToDelete(image)} />
    </>
  );
}

const LOOK = { variant: 'transparent', size: 44, radius: 'xl', className: classes.action } as const;

interface ActionProps {
  name: string;
  /** The key that does the same. */
  keys?: string;
  pressed?: boolean;
  Icon: Icon;
  onClick: () => void;
}

function Action({ name, keys, pressed, Icon, onClick }: ActionProps) {
  return (
    <ActionIcon
      {...LOOK}
      aria-label={name}
      aria-keyshortcuts={keys}
      aria-pressed={pressed}
      title={keys ? `${name} (${keys})` : name}
      onClick={onClick}
    >
      <Icon size={20} aria-hidden />
    </ActionIcon>
  );
}
