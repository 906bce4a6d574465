import { Badge, Button, EmptyState, Text } from '@mantine/core';
import { IconFlag } from '@tabler/icons-react';
import type { Report } from '@/api/types';
import { moment, nameOf } from '@/shared/pictures/words';
import classes from './Administration.module.css';
import { Listed } from './Listed';
import { decide, getReports, type Decision } from './requests';
import { Thumbnail } from './Thumbnail';
import { useAct } from './useAct';
import { usePages } from './usePages';

/** What people say should not be shown, most reported first. */
export function Reports() {
  const list = usePages(['reports'], getReports);
  return (
    <Listed
      list={list}
      things="reports"
      itemsOf={(page) => page.reports}
      empty={
        <EmptyState
          py="xl"
          icon={<IconFlag stroke={1.25} aria-hidden />}
          title="Nothing is reported"
          description="Whoever finds that a picture or post should not be shown can say so; you decide about it here."
        />
      }
    >
      {(reports) => (
        <ul className={`${classes.list} ${classes.stacked}`}>
          {reports.map((report) => (
            <Reported key={`${report.kind} ${report.id}`} report={report} />
          ))}
        </ul>
      )}
    </Listed>
  );
}

const SAID: Record<Decision, string> = {
  hide: 'Hidden from everybody but its owner and admins.',
  restore: 'Shown again as it was.',
  dismiss: 'The reports are dismissed.',
};

function Reported({ report }: { report: Report }) {
  const act = useAct(
    (decision: Decision) => decide(report, decision),
    (_, decision) => SAID[decision],
  );
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
        <Text fw={600}>
          {name} {hidden && <Badge variant="default">Hidden</Badge>}
        </Text>
        {post && post.text !== '' && <Text size="sm">“{post.text}”</Text>}
        <Text size="sm" c="dimmed">
          Reported by {count === 1 ? 'one person' : `${count} people`}, last {moment(last_at)}
        </Text>
        <ul className={classes.reasons}>
          {reasons.map((reason, index) => (
            <li key={index}>
              <Text size="sm">{reason}</Text>
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
          <Button size="xs" variant="default" loading={act.isPending} onClick={() => act.mutate('dismiss')}>
            Dismiss
          </Button>
        </div>
      </div>
    </li>
  );
}

function nameOfReported({ image }: Report): string {
  return image ? nameOf(image) : 'A picture';
}
