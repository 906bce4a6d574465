import { Anchor, Button, EmptyState, Skeleton, Stack, Text } from '@mantine/core';
import { IconThumbUp } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { QueryFeedback } from '@/api/types';
import { moment } from '@/shared/pictures/words';
import { ErrorNotice } from '@/shared/ErrorNotice';
import classes from './Analytics.module.css';
import { addressOfQuery } from './address';
import { DownloadFile } from './DownloadFile';
import { sumOf } from './days';
import { useAllFeedback } from './useFeedback';
import { VotesChart } from './VotesChart';

/** The queries that people voted on, most voted first, and their votes over time. */
export function AllQueries() {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useAllFeedback();
  if (isPending) return <Skeleton height={320} role="status" aria-label="Loading the votes" />;
  if (data === undefined)
    return <ErrorNotice title="The votes could not be loaded" error={error} retry={() => void refetch()} />;
  if (data.length === 0) return <NoVotes />;
  return (
    <Stack gap="xl">
      <section aria-labelledby="over-time">
        <h2 id="over-time" className={classes.subtitle}>
          Votes over time
        </h2>
        <VotesChart days={data.flatMap(({ daily }) => daily)} />
      </section>
      <section aria-labelledby="queries">
        <div className={classes.bar}>
          <h2 id="queries" className={classes.subtitle}>
            What people searched for
          </h2>
          <DownloadFile />
        </div>
        <QueryTable queries={data} />
        {hasNextPage && (
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            More queries
          </Button>
        )}
      </section>
    </Stack>
  );
}

function NoVotes() {
  return (
    <EmptyState
      py="xl"
      icon={<IconThumbUp stroke={1.25} aria-hidden />}
      title="No votes yet"
      description="Whoever searches the pictures can say which of them fit. What they said will be seen here."
    />
  );
}

function QueryTable({ queries }: { queries: readonly QueryFeedback[] }) {
  const rows = queries.map((feedback) => ({
    ...feedback,
    ...sumOf(feedback.daily),
    pictures: picturesOf(feedback),
  }));
  const most = Math.max(...rows.map(({ positive, negative }) => positive + negative), 1);
  return (
    <table className={classes.table} aria-labelledby="queries">
      <thead>
        <tr>
          <th scope="col">Query</th>
          <th scope="col">Right and wrong</th>
          <th scope="col">Pictures</th>
          <th scope="col">Last vote</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ query, positive, negative, pictures, last_at }) => (
          <tr key={query}>
            <th scope="row">
              <Anchor component={Link} to={addressOfQuery(query)}>
                <bdi>{query}</bdi>
              </Anchor>
            </th>
            <td>
              <VoteBar positive={positive} negative={negative} most={most} />
            </td>
            <td className={classes.figure}>{pictures}</td>
            <td>
              <Text span size="sm" c="dimmed">
                {moment(last_at)}
              </Text>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function picturesOf({ positive, negative }: QueryFeedback): number {
  return new Set([...positive, ...negative].map(({ image_id }) => image_id)).size;
}

interface VoteBarProps {
  positive: number;
  negative: number;
  /** As many votes as fill the width. */
  most: number;
}

/** Votes in figures, and as a bar that can be compared with those above and below. */
function VoteBar({ positive, negative, most }: VoteBarProps) {
  return (
    <div className={classes.votes}>
      <span className={classes.figure}>
        {positive} right, {negative} wrong
      </span>
      <span className={classes.share} aria-hidden>
        <span className={classes.rightShare} style={{ width: `${(100 * positive) / most}%` }} />
        <span className={classes.wrongShare} style={{ width: `${(100 * negative) / most}%` }} />
      </span>
    </div>
  );
}
