import { Button, Group, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { inWords } from '@/api/problem';
import { CharactersLeft } from '@/shared/CharactersLeft';
import { closeDialog } from '@/shared/dialogs';
import { sendReport, type Reportable } from './sendReport';

const LONGEST = 300;

/** Why something should not be shown, in somebody's own words. */
export function ReportForm({ thing, dialog }: { thing: Reportable; dialog: string }) {
  const [reason, setReason] = useState('');
  const sending = useMutation({
    mutationFn: () => sendReport(thing, reason.trim()),
    onSuccess: () => {
      closeDialog(dialog);
      notifications.show({ title: 'Thank you', message: 'An admin will look at it.' });
    },
  });
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    sending.mutate();
  };
  return (
    <form onSubmit={send}>
      <Stack>
        <Textarea
          label="Why should it not be shown?"
          description="Admins read this. They don’t learn who wrote it."
          autosize
          minRows={3}
          maxLength={LONGEST}
          data-autofocus
          value={reason}
          error={sending.error && inWords(sending.error)}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="space-between">
          <CharactersLeft left={LONGEST - reason.length} />
          <Button type="submit" loading={sending.isPending} disabled={reason.trim() === ''}>
            Report
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
