import { Text } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useWindowDrop } from '@/shared/useWindowDrop';
import classes from './DropArea.module.css';
import { useAddPictures } from './useAddPictures';
import { useDroppedFiles } from './useDroppedFiles';
import { useSharedFiles } from './useSharedFiles';

/** Takes in the pictures that are dropped anywhere in the window, or pasted. */
export function DropArea() {
  const take = useAddPictures();
  const filesIn = useDroppedFiles();
  useSharedFiles(take);
  useWindowEvent('paste', ({ clipboardData }) => take([...(clipboardData?.files ?? [])]));
  const over = useWindowDrop((dropped) => void filesIn(dropped).then(take));
  return (
    over && (
      <div className={classes.veil}>
        <IconPhotoPlus size={48} stroke={1.5} aria-hidden />
        <Text size="lg" fw={600}>
          Drop the pictures to add them
        </Text>
      </div>
    )
  );
}
