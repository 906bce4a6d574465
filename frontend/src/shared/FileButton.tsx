import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState, type ReactNode } from 'react';
import { inWords } from '@/api/problem';

interface FileButtonProps {
  /** Waits until the file is made, and returns where it can be saved from. */
  find: (signal: AbortSignal) => Promise<string>;
  icon: ReactNode;
  children: ReactNode;
}

/** Saves a file that the gallery first has to make. */
export function FileButton({ find, icon, children }: FileButtonProps) {
  const [waiting, setWaiting] = useState<AbortController | null>(null);
  useEffect(() => () => waiting?.abort(), [waiting]);
  const save = async () => {
    const controller = new AbortController();
    setWaiting(controller);
    try {
      window.location.assign(await find(controller.signal));
    } catch (error) {
      if (controller.signal.aborted) return;
      notifications.show({ color: 'red', title: 'The file can’t be had', message: inWords(error) });
    }
    setWaiting(null);
  };
  return (
    <Button variant="default" leftSection={icon} loading={waiting !== null} onClick={() => void save()}>
      {children}
    </Button>
  );
}
