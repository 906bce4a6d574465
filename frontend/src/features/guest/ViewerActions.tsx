import { Button, Text } from '@mantine/core';
import { IconArrowBackUp, IconDownload, IconFlag } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { inWords } from '@/api/problem';
import type { Image } from '@/api/types';
import classes from './Guest.module.css';
import { findFile, takeBack, type Link } from './link';
import { picturesKey } from './queries';

interface ViewerActionsProps {
  image: Image;
  link: Link;
  /** Whether this visit added the picture. */
  mine: boolean;
  onReport: () => void;
  /** Called once the picture is there no more. */
  onGone: () => void;
}

/** What a guest may do with the picture that is open: save it, and report it, or take it back where it is theirs. */
export function ViewerActions({ image, link, mine, onReport, onGone }: ViewerActionsProps) {
  const queries = useQueryClient();
  const saving = useMutation({
    mutationFn: () => findFile(image.id),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const taking = useMutation({
    mutationFn: () => takeBack(image.id),
    onSuccess: () => {
      onGone();
      return queries.invalidateQueries({ queryKey: picturesKey });
    },
  });
  const error = saving.error ?? taking.error;
  return (
    <div className={classes.bar}>
      {error && (
        <Text role="alert" className={classes.problem}>
          {inWords(error)}
        </Text>
      )}
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
      {mine ? (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={18} aria-hidden />}
          loading={taking.isPending}
          onClick={() => taking.mutate()}
        >
          Take back
        </Button>
      ) : (
        <Button variant="default" leftSection={<IconFlag size={18} aria-hidden />} onClick={onReport}>
          Report
        </Button>
      )}
    </div>
  );
}
