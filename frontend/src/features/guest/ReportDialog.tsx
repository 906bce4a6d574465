import { Button, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { inWords } from '@/api/problem';
import { useKeepFocus } from '@/shared/useKeepFocus';
import { reportToOwner } from './link';

const LONGEST = 300;

interface ReportDialogProps {
  id: string;
  onClose: () => void;
}

/** Tells the album's owner, in a guest's own words, why a picture should not be shown. */
export function ReportDialog({ id, onClose }: ReportDialogProps) {
  const [reason, setReason] = useState('');
  const reporting = useMutation({ mutationFn: () => reportToOwner(id, reason.trim()) });
  const thanks = useKeepFocus<HTMLParagraphElement>(reporting.isSuccess);
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    reporting.mutate();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="Report this picture"
      // Above the picture, whose view makes all inert that was on the page before it.
      zIndex={10_001}
      portalProps={{ reuseTargetNode: false }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {reporting.isSuccess ? (
        <Text ref={thanks} tabIndex={-1} role="status">
          Thank you. The album’s owner will look at it.
        </Text>
      ) : (
        <form onSubmit={send}>
          <Stack>
            <Textarea
              label="Why should it not be shown?"
              description="The album’s owner reads this, and does not learn who wrote it."
              autosize
              minRows={3}
              maxLength={LONGEST}
              data-autofocus
              value={reason}
              error={reporting.error && inWords(reporting.error)}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Button type="submit" loading={reporting.isPending} disabled={reason.trim() === ''}>
              Report
            </Button>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
