import { Text } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconPhotoPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useDropzone } from 'react-dropzone';
import classes from './DropArea.module.css';
import { useAddPictures } from './useAddPictures';

interface DropAreaProps {
  /** Whether what it holds takes pictures for something else. */
  closed: boolean;
  children: ReactNode;
}

/** Takes in the pictures that are dropped anywhere on what it holds, or pasted. */
export function DropArea({ closed, children }: DropAreaProps) {
  const take = useAddPictures();
  useWindowEvent('paste', (event) => {
    if (!closed) take([...(event.clipboardData?.files ?? [])]);
  });
  const { getRootProps, isDragActive } = useDropzone({
    onDropAccepted: take,
    disabled: closed,
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
