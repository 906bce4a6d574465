import { Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import classes from './Guest.module.css';
import { findFile, type Link } from './link';

interface ViewerActionsProps {
  image: Image;
  link: Link;
  /** Called once the picture is there no more. */
  onGone: () => void;
}

/** What a guest may do with the picture that is open. */
export function ViewerActions({ image, link }: ViewerActionsProps) {
  const saving = useMutation({
    mutationFn: () => findFile(image.id),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <div className={classes.bar}>
      {link.downloads !== 'none' && (
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          loading={saving.isPending}
          onClick={() => saving.mutate()}
        >
          Save
        </Button>
      )}
      {saving.error && (
        <Text role="alert" c="white">
          {inWords(saving.error)}
        </Text>
      )}
    </div>
  );
}
