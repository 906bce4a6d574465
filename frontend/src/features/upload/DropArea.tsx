import { Text } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconPhotoPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useDropzone } from 'react-dropzone';
import { useSettings } from '@/shared/settings';
import { uploads } from './uploads';
import classes from './DropArea.module.css';

/** Takes in the pictures that are dropped anywhere on what it holds, or pasted. */
export function DropArea({ children }: { children: ReactNode }) {
  const { uploads: limits } = useSettings();
  const take = (files: readonly File[]) => {
    if (files.length > 0) uploads.add(files, limits);
  };
  useWindowEvent('paste', (event) => {
    take([...(event.clipboardData?.files ?? [])]);
  });
  const { getRootProps, isDragActive } = useDropzone({
    onDropAccepted: take,
    noClick: true,
    noKeyboard: true,
  });
  return (
    <div {...getRootProps({ role: undefined, tabIndex: undefined })} className={classes.area}>
      {children}
      {isDragActive && (
        <div className={classes.veil}>
          <IconPhotoPlus size={48} stroke={1.5} aria-hidden />
          <Text size="lg" fw={600}>
            Drop the pictures to add them
          </Text>
        </div>
      )}
    </div>
  );
}
