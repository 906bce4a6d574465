import { Anchor, Badge, Box, Button, EmptyState, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconFlag } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Report } from '@/api/types';
import { moment, nameOf } from '@/shared/pictures/words';
import { Quoted } from '@/shared/Quoted';
import classes from './Administration.module.css';
import { PagedList } from './PagedList';
import { getReports, type ReportList } from './requests';
import { Thumbnail } from './Thumbnail';
import { useDecision } from './useDecision';
import { usePages } from './usePages';

const EMPTY: Record<ReportList, { title: string; description: string }> = {
  undecided: {
    title: 'Nothing is reported',
    description:
      'Whoever finds that a picture or post should not be shown can say so; you decide about it here.',
  },
  hidden: {
    title: 'Nothing is hidden',
    description: 'What an admin hides is kept here, so that it can be restored.',
  },
};

/** What people say should not be shown, most reported first, and what is hidden. */
export function Reports() {
  const [which, setWhich] = useState<ReportList>('undecided');
  const list = usePages(['reports', which], (cursor, signal) => getReports(which, cursor, signal));
  return (
    <Stack gap="md" align="start">
      <SegmentedControl
        aria-label="Which reports"
        data={[
          { value: 'undecided', label: 'To decide' },
          { value: 'hidden', label: 'Hidden' },
        ]}
        value={which}
        onChange={setWhich}
      />
      <Box w="100%">
        <PagedList
          list={list}
          things="reports"
          itemsOf={(page) => page.reports}
          empty={<EmptyState py="xl" icon={<IconFlag stroke={1.25} aria-hidden />} {...EMPTY[which]} />}
        >
          {(reports) => (
            <ul className={`${classes.list} ${classes.stacked}`}>
              {reports.map((report) => (
                <Reported key={`${report.kind} ${report.id}`} report={report} />
              ))}
            </ul>
          )}
        </PagedList>
      </Box>
    </Stack>
  );
}

function Reported({ report }: { report: Report }) {
  const act = useDecision(report);
  const { kind, image, post, hidden, count, reasons, last_at } = report;
  const gone = kind === 'post' ? post === null : image === null;
  const name = gone
    ? `A ${kind} that is gone`
    : kind === 'post'
      ? `Post by ${post?.author}`
      : nameOfReported(report);
  return (
    <li>
      <Thumbnail image={image} />
      <div className={classes.about}>
        <Text component="div" fw={600}>
          {post ? (
            <Anchor component={Link} to={`/posts/${post.id}`} inherit underline="always">
              {name}
            </Anchor>
          ) : (
            name
          )}{' '}
          {hidden && <Badge variant="default">Hidden</Badge>}
        </Text>
        {post?.text && <Text size="sm" children={<Quoted>{post.text}</Quoted>} />}
        <Text size="sm" c="dimmed">
          {count === 0 ? 'Reported by nobody, hidden' : `Reported by ${people(count)}, last`}{' '}
          {moment(last_at)}
        </Text>
        <ul className={classes.reasons}>
          {reasons.map((reason, index) => (
            <li key={index}>
              <Text size="sm" dir="auto">
                {reason}
              </Text>
            </li>
          ))}
        </ul>
        <div className={classes.acts} role="group" aria-label={name}>
          {!gone && !hidden && (
            <Button size="xs" color="red" loading={act.isPending} onClick={() => act.mutate('hide')}>
              Hide
            </Button>
          )}
          {!gone && hidden && (
            <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('restore')}>
              Restore
            </Button>
          )}
          {(count > 0 || gone) && (
            <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('dismiss')}>
              Dismiss
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

const people = (count: number) => (count === 1 ? 'one person' : `${count} people`);

function nameOfReported({ image }: Report): string {
  return image ? nameOf(image) : 'A picture';
}
