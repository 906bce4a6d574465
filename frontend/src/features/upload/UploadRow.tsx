import { ActionIcon, Anchor, Group, Progress, Text, Tooltip } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'react-router';
import type { Image } from '@/api/types';
import { byteSize, headingOf } from '@/shared/pictures/words';
import { mayBeRetried, type Upload } from './queue';
import { uploads, useSentBytes } from './uploads';
import classes from './UploadPanel.module.css';

/** One file on its way, or where it has got to. */
export const UploadRow = memo(function UploadRow({ upload }: { upload: Upload }) {
  const { key, file, state } = upload;
  return (
    <li className={classes.row}>
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Text size="sm" truncate title={file.name}>
          {file.name}
        </Text>
        <Group gap={4} wrap="nowrap">
          {mayBeRetried(state) && (
            <RowAction
              label={`Try ${file.name} again`}
              icon={<IconRefresh size={16} />}
              act={() => uploads.retry(key)}
            />
          )}
          {(state.step === 'queued' || state.step === 'sending') && (
            <RowAction
              label={`Cancel ${file.name}`}
              icon={<IconX size={16} />}
              act={() => uploads.cancel(key)}
            />
          )}
        </Group>
      </Group>
      {state.step === 'sending' && <SendingBar upload={upload} />}
      <Text
        size="xs"
        c={state.step === 'failed' || state.step === 'refused' ? 'var(--alarm)' : 'dimmed'}
        component="div"
      >
        <Standing upload={upload} />
      </Text>
    </li>
  );
});

function RowAction({ label, icon, act }: { label: string; icon: React.ReactNode; act: () => void }) {
  return (
    <Tooltip label={label} openDelay={500}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={act}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

/** How a file stands, in words. */
function Standing({ upload }: { upload: Upload }) {
  const { state } = upload;
  switch (state.step) {
    case 'queued':
      return 'Waiting';
    case 'sending':
      return <Sent upload={upload} />;
    case 'sent':
      return 'Waiting for its caption';
    case 'failed':
    case 'refused':
      return state.reason;
    case 'duplicate':
      return <AlreadyHere id={state.of} />;
    case 'settled':
      return <Outcome image={state.image} />;
  }
}

function SendingBar({ upload: { key, file } }: { upload: Upload }) {
  const sent = useSentBytes(key);
  return <Progress size="xs" value={(100 * sent) / file.size} aria-label={`${file.name}, sent so far`} />;
}

function Sent({ upload: { key, file } }: { upload: Upload }) {
  return `${byteSize(useSentBytes(key))} of ${byteSize(file.size)}`;
}

function AlreadyHere({ id }: { id: string | null }) {
  if (id === null) return 'The same file as another one here; it is sent once';
  return (
    <>
      Already here:{' '}
      <Anchor component={Link} to={`/images/${id}`} inherit>
        show the picture
      </Anchor>
    </>
  );
}

function Outcome({ image }: { image: Image | null }) {
  if (image?.failure?.duplicate_of) {
    return <AlreadyHere id={image.failure.duplicate_of} />;
  }
  if (image?.failure) {
    return <span className={classes.alarm}>{image.failure.detail}</span>;
  }
  return image ? (
    <Anchor component={Link} to={`/images/${image.id}`} inherit>
      {headingOf(image) ?? 'No caption'}
    </Anchor>
  ) : (
    'No longer here'
  );
}
