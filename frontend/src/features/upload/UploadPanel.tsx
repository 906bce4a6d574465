import { ActionIcon, Button, Collapse, Group, Paper, Progress, Text, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import type { Upload } from './queue';
import { countUploads, summarise, type UploadCounts } from './summary';
import { UploadRow } from './UploadRow';
import { uploads, useUploads } from './uploads';
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
        <PanelHeader counts={counts} open={open} toggle={toggle} />
        {counts.running > 0 && (
          <Progress size={2} radius={0} value={(100 * counts.done) / counts.total} aria-label="All uploads" />
        )}
        <Collapse expanded={open}>
          <ul className={classes.list}>
            {unfinishedFirst(list).map((upload) => (
              <UploadRow key={upload.key} upload={upload} />
            ))}
          </ul>
          {counts.failed > 0 && (
            <Button fullWidth radius={0} variant="light" onClick={() => uploads.retry()}>
              Try all failed ones again
            </Button>
          )}
        </Collapse>
      </Paper>
    </>
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
            aria-label="Clear the finished uploads"
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

/** What still moves or needs somebody stays in sight. */
function unfinishedFirst(list: readonly Upload[]): Upload[] {
  const finished = ({ state }: Upload) => Number(state.step === 'sent' || state.step === 'settled');
  return list.toSorted((a, b) => finished(a) - finished(b));
}
