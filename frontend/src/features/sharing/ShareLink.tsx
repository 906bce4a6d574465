import { ActionIcon, Button, Text, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { Share } from '@/api/types';
import { moment } from '@/shared/pictures/words';
import classes from './Sharing.module.css';

interface ShareLinkProps {
  share: Share;
  busy: boolean;
  onRevoke: () => void;
}

/** One link to a post: to be copied, or taken back. */
export function ShareLink({ share: { url, expires_at }, busy, onRevoke }: ShareLinkProps) {
  const { copy, copied } = useClipboard();
  const until = moment(expires_at);
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <li>
      <TextInput
        readOnly
        value={url}
        aria-label={`Link that works until ${until}`}
        onFocus={({ currentTarget }) => currentTarget.select()}
        rightSection={
          <ActionIcon
            variant="subtle"
            color="gray"
            title="Copy the link"
            aria-label="Copy the link"
            onClick={() => copy(url)}
          >
            <Icon size={17} aria-hidden />
          </ActionIcon>
        }
      />
      <div className={classes.about}>
        <Text size="sm" c="dimmed" role="status">
          {copied ? 'Copied.' : `Works until ${until}`}
        </Text>
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          loading={busy}
          aria-label={`Revoke the link that works until ${until}`}
          onClick={onRevoke}
        >
          Revoke
        </Button>
      </div>
    </li>
  );
}
