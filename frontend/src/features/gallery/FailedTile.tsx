import { Anchor, Button, Text } from '@mantine/core';
import { IconPhotoOff, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Image } from '@/api/types';
import { nameOf } from '@/shared/pictures/words';
import { useDeleteImage } from '@/shared/pictures/useDeleteImage';
import { useMayChange } from '@/shared/account/rights';
import classes from './Tile.module.css';

/** A file that could not become a picture: why, and the way to be rid of it. */
export function FailedTile({ image, shape }: { image: Image; shape: string }) {
  const mayDelete = useMayChange(image);
  const askToDelete = useDeleteImage();
  const duplicateOf = image.failure?.duplicate_of;
  return (
    <div className={classes.tile}>
      <div className={classes.failed} style={{ aspectRatio: shape }}>
        <IconPhotoOff size={22} stroke={1.5} aria-hidden />
        <Text size="sm" fw={600} lineClamp={1} maw="100%">
          {nameOf(image)}
        </Text>
        <Text size="xs" lineClamp={3}>
          {duplicateOf ? 'Already here.' : (image.failure?.detail ?? 'It could not be read.')}
        </Text>
        {duplicateOf && (
          <Anchor size="xs" component={Link} to={`/images/${duplicateOf}`}>
            Show the picture
          </Anchor>
        )}
        {mayDelete && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={() => askToDelete(image)}
            aria-label={`Delete ${nameOf(image)}`}
          >
            Delete
          </Button>
        )}
      </div>
    </div>
  );
}
