import { Button, FileButton, type ButtonProps } from '@mantine/core';
import { IconLock, IconPhotoPlus } from '@tabler/icons-react';
import { useNewPictures } from '@/shared/account/newPictures';
import { useSettings } from '@/shared/settings';
import classes from './UploadButton.module.css';
import { useAddPictures } from './useAddPictures';

/** Opens the device's own way of choosing photographs. */
export function UploadButton(props: ButtonProps) {
  const { uploads: limits } = useSettings();
  const secret = useNewPictures().visibility === 'private';
  const Icon = secret ? IconLock : IconPhotoPlus;
  return (
    // Named by their endings as well, for browsers that don't know a type.
    <FileButton multiple accept={[...limits.types, ...limits.endings].join(',')} onChange={useAddPictures()}>
      {(button) => (
        <Button
          leftSection={<Icon size={18} aria-hidden />}
          aria-label={secret ? 'Add pictures that only you see' : 'Add pictures'}
          {...props}
          {...button}
        >
          <span>
            Add<span className={classes.wide}> pictures</span>
          </span>
        </Button>
      )}
    </FileButton>
  );
}
