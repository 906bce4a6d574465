import { Button, FileButton, type ButtonProps } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useSettings } from '@/shared/settings';
import classes from './UploadButton.module.css';
import { uploads } from './uploads';

/** Opens the device's own way of choosing photographs. */
export function UploadButton(props: ButtonProps) {
  const { uploads: limits } = useSettings();
  return (
    // HEIC is named by its endings as well, for browsers that don't know the type.
    <FileButton
      multiple
      accept={[...limits.types, '.heic', '.heif'].join(',')}
      onChange={(files) => {
        uploads.add(files, limits);
      }}
    >
      {(button) => (
        <Button
          leftSection={<IconPhotoPlus size={18} aria-hidden />}
          aria-label="Add pictures"
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
