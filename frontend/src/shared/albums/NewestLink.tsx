import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconQrcode, IconShare } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { MadeLink } from '@/api/types';
import { moment } from '@/shared/pictures/words';

const QrCode = lazy(() => import('./QrCode'));

/** A link that was just made, to be copied, passed on, or scanned: the gallery can show it this once. */
export function NewestLink({ link: { url, expires_at }, title }: { link: MadeLink; title: string }) {
  const { copy, copied } = useClipboard();
  const [scans, setScans] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <Stack gap="sm">
      <TextInput
        readOnly
        label={expires_at === null ? 'The link' : `The link, which works until ${moment(expires_at)}`}
        value={url}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <Text size="sm">
        Copy it now: it is shown only once, since the gallery does not keep it. A link that is lost can be
        replaced by a new one.
      </Text>
      <Group gap="sm">
        <Button
          ref={button}
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          onClick={() => copy(url)}
        >
          Copy the link
        </Button>
        {'share' in navigator && (
          <Button
            variant="default"
            leftSection={<IconShare size={16} aria-hidden />}
            onClick={() => void passOn(title, url)}
          >
            Pass it on
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconQrcode size={16} aria-hidden />}
          aria-expanded={scans}
          onClick={() => setScans(!scans)}
        >
          QR code
        </Button>
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {copied && 'Copied.'}
      </Text>
      {scans && (
        <Suspense>
          <QrCode text={url} label={`QR code of the link to ${title}`} />
        </Suspense>
      )}
    </Stack>
  );
}

/** Opens the sheet of the system by which something is shared; whoever closes it has changed their mind. */
async function passOn(title: string, url: string): Promise<void> {
  try {
    await navigator.share({ title, url });
  } catch {
    // The link is still there to be copied.
  }
}
