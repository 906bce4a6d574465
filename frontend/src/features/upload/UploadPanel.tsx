import { ActionIcon, Button, Collapse, Group, Paper, Text, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { AudienceSwitch } from './AudienceSwitch';
import { BatchProgress } from './BatchProgress';
import { CollectButton } from './CollectButton';
import { groupUploads, type UploadGroup } from './groups';
import { ParkedLine, WaitingLine } from './PanelLines';
import { countUploads, summarise, type UploadCounts } from './summary';
import { FailureRow } from './FailureRow';
import { isMoving, mayBeRetried, type Upload } from './upload';
import { UploadRow } from './UploadRow';
import { uploads } from './uploads';
import { useUploads } from './onPage';
import classes from './UploadPanel.module.css';

/** The list of files on their way, in a corner of the page. */
export default function UploadPanel() {
  const list = useUploads();
  const counts = countUploads(list);
  const [open, { toggle }] = useDisclosure(true);
  return (
    <>
      <Announcement text={summarise(counts)} />
      <Paper component="section" aria-label="Uploads" className={classes.panel} shadow="lg" radius="lg">
        {list.length > 0 && <PanelHeader counts={counts} open={open} toggle={toggle} />}
        {counts.running > 0 && <BatchProgress />}
        <WaitingLine />
        <ParkedLine />
        <Collapse expanded={open}>
          <AudienceSwitch list={list} />
          <ul className={classes.list}>
            {groupUploads(list).map((group) => (
              <GroupRow key={group.key} group={group} />
            ))}
          </ul>
          <PanelActions list={list} />
        </Collapse>
      </Paper>
    </>
  );
}

function GroupRow({ group }: { group: UploadGroup }) {
  const [first] = group.uploads;
  if (group.reason !== null) return <FailureRow group={group} />;
  return first && <UploadRow upload={first} />;
}

/** What can be done about many uploads at once. */
function PanelActions({ list }: { list: readonly Upload[] }) {
  const again = list.filter(mayBeRetried);
  const unsent = again.every(({ state }) => state.step === 'interrupted');
  return (
    <Group gap={0} grow>
      {again.length > 1 && (
        <Button radius={0} variant="light" onClick={() => uploads.retry()}>
          {unsent ? 'Send all now' : 'Try all again'}
        </Button>
      )}
      <CollectButton list={list} />
      {list.some(isMoving) && (
        <Button radius={0} variant="subtle" color="gray" onClick={() => uploads.cancelAll()}>
          Cancel all
        </Button>
      )}
    </Group>
  );
}

interface PanelHeaderProps {
  counts: UploadCounts;
  open: boolean;
  toggle: () => void;
}

function PanelHeader({ counts, open, toggle }: PanelHeaderProps) {
  return (
    <Group px="md" py="xs" gap="xs" wrap="nowrap" justify="space-between">
      <Text size="sm" fw={600}>
        {summarise(counts)}
      </Text>
      <Group gap={4} wrap="nowrap">
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={toggle}
          aria-expanded={open}
          aria-label={open ? 'Hide the uploads' : 'Show the uploads'}
        >
          {open ? <IconChevronDown size={18} /> : <IconChevronUp size={18} />}
        </ActionIcon>
        {counts.running === 0 && (
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => uploads.clear()}
            aria-label={
              counts.failed + counts.unsent > 0 ? 'Forget these uploads' : 'Clear the finished uploads'
            }
          >
            <IconX size={18} />
          </ActionIcon>
        )}
      </Group>
    </Group>
  );
}

/** Tells a screen reader how the uploads stand, not more than once a second. */
function Announcement({ text }: { text: string }) {
  const [calm] = useDebouncedValue(text, 1000);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {calm}
    </VisuallyHidden>
  );
}
