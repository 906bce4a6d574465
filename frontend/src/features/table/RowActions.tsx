import { ActionIcon, type ActionIconProps } from '@mantine/core';
import { IconDownload, IconEye, IconPhotoSearch, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Image } from '@/api/types';
import { useMayChange } from '@/shared/account/rights';
import { useAddressOfPicture } from '@/shared/pictures/useAddressOfPicture';
import { useDeleteImage } from '@/shared/pictures/useDeleteImage';
import { useSaveImage } from '@/shared/pictures/useSaveImage';
import { addressOf } from '@/shared/pictures/view';
import classes from './Table.module.css';

const LOOK = { variant: 'subtle', color: 'gray', size: 'md' } satisfies ActionIconProps;

/** What can be done with one picture. */
export function RowActions({ image, name }: { image: Image; name: string }) {
  const addressOfPicture = useAddressOfPicture();
  const mayChange = useMayChange(image);
  const askToDelete = useDeleteImage();
  const save = useSaveImage();
  const named = (words: string) => ({ ...LOOK, title: words, 'aria-label': `${words}: ${name}` });
  return (
    <div className={classes.buttons}>
      <ActionIcon {...named('Open')} component={Link} {...addressOfPicture(image.id)}>
        <IconEye size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon
        {...named('Download')}
        component="a"
        href={image.urls.original}
        download={image.filename ?? true}
        onClick={(event) => save(event, image)}
      >
        <IconDownload size={18} aria-hidden />
      </ActionIcon>
      {image.status === 'captioned' && (
        <ActionIcon
          {...named('More like this')}
          component={Link}
          to={addressOf({ kind: 'similar', id: image.id })}
        >
          <IconPhotoSearch size={18} aria-hidden />
        </ActionIcon>
      )}
      {mayChange && (
        <ActionIcon {...named('Delete')} onClick={() => askToDelete(image)}>
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}
