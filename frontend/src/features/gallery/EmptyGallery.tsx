import { EmptyState } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMayUpload } from '@/shared/account/rights';
import classes from './Gallery.module.css';

/** Stands where there are no pictures at all; `invitation` is what somebody can do about that. */
export default function EmptyGallery({ invitation }: { invitation: ReactNode }) {
  const mayUpload = useMayUpload();
  return (
    <EmptyState
      className={classes.empty}
      size="lg"
      icon={<IconPhoto stroke={1.25} aria-hidden />}
      title="No pictures yet"
      description={
        mayUpload
          ? 'Drop photographs anywhere on this page, paste one, or choose some. Each gets a caption of its own.'
          : 'Every picture that is added here gets a caption of its own.'
      }
    >
      <EmptyState.Actions>{invitation}</EmptyState.Actions>
    </EmptyState>
  );
}
