import { ActionIcon, Anchor, Group, Progress, Text, Tooltip } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'react-router';
import type { Image } from '@/api/types';
import { byteSize, headingOf } from '@/shared/pictures/words';
import { failureOf } from './groups';
import { isMoving, mayBeRetried, type Upload } from './upload';
import { useSentBytes } from './onPage';
import { uploads } from './uploads';
import classes from './UploadPanel.module.css';

/** One file on its way, or where it has got to. */
export const UploadRow = memo(function UploadRow({ upload }: { upload: Upload }) {
  const { key, name, state } = upload;
  const failure = failureOf(upload);
  return (
    <li className={classes.row}>
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Text size="sm" truncate title={name} dir="auto">
          {name}
        </Text>
        <Group gap={4} wrap="nowrap">
          {mayBeRetried(upload) && (
            <RowAction
              label={state.step === 'interrupted' ? `Send ${name} now` : `Try ${name} again`}
              icon={<IconRefresh size={16} />}
              act={() => uploads.retry([key])}
            />
          )}
          {(isMoving(upload) || failure !== null) && (
            <RowAction
              label={isMoving(upload) ? `Cancel ${name}` : `Dismiss ${name}`}
              icon={<IconX size={16} />}
              act={() => uploads.cancel([key])}
            />
          )}
        </Group>
      </Group>
      {state.step === 'sending' && <SendingBar upload={upload} />}
      <Text size="xs" c={failure === null ? 'dimmed' : 'var(--alarm)'} component="div">
        {failure ?? <Standing upload={upload} />}
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

/** How a file without trouble stands, in words. */
function Standing({ upload }: { upload: Upload }) {
  const { state } = upload;
  switch (state.step) {
    case 'queued':
      return 'Waiting';
    case 'sending':
      return <Sent upload={upload} />;
    case 'sent':
      return 'Waiting for its caption';
    case 'duplicate':
      return <AlreadyHere id={state.of} />;
    case 'done':
      return <Outcome image={state.image} />;
    default:
      return null;
  }
}

function SendingBar({ upload: { key, name, size } }: { upload: Upload }) {
  const sent = useSentBytes(key);
  return <Progress size="xs" value={(100 * sent) / size} aria-label={`${name}, sent so far`} />;
}

function Sent({ upload: { key, size } }: { upload: Upload }) {
  return `${byteSize(useSentBytes(key))} of ${byteSize(size)}`;
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
  return image ? (
    <Anchor component={Link} to={`/images/${image.id}`} inherit>
      {headingOf(image) ?? 'No caption'}
    </Anchor>
  ) : (
    'No longer here'
  );
}
