import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { inWords } from '@/api/problem';
import { findFile } from './findFile';

/** Saves the votes on all queries, or on one, as a table for other programs. */
export function DownloadFile({ query }: { query?: string }) {
  const [waiting, setWaiting] = useState<AbortController | null>(null);
  useEffect(() => () => waiting?.abort(), [waiting]);
  const save = async () => {
    const controller = new AbortController();
    setWaiting(controller);
    try {
      window.location.assign(await findFile(query, controller.signal));
    } catch (error) {
      if (controller.signal.aborted) return;
      notifications.show({ color: 'red', title: 'The file can’t be had', message: inWords(error) });
    }
    setWaiting(null);
  };
  return (
    <Button
      variant="default"
      leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
      loading={waiting !== null}
      onClick={() => void save()}
    >
      Download as CSV
    </Button>
  );
}
