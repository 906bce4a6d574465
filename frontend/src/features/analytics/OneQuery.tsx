import { Anchor, Group, Skeleton, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { QueryFeedback } from '@/api/types';
import { addressOf } from '@/shared/pictures/view';
import { moment } from '@/shared/pictures/words';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { Quoted } from '@/shared/Quoted';
import classes from './Analytics.module.css';
import { DownloadFile } from './DownloadFile';
import { useFeedbackOn } from './useFeedback';
import { VotedPictures } from './VotedPictures';
import { VotesChart } from './VotesChart';

/** What was said of one query's results: when, and of which pictures. */
export function OneQuery({ query }: { query: string }) {
  const { data, error, isPending, refetch } = useFeedbackOn(query);
  return (
    <Stack gap="xl">
      <div className={classes.bar}>
        <Stack gap={4}>
          <h2 className={classes.subtitle}>
            <Quoted>{data?.query ?? query}</Quoted>
          </h2>
          <Group gap="md">
            <Anchor component={Link} to={addressOf({ kind: 'search', query, min: 0 })} size="sm">
              Search for it
            </Anchor>
            <Anchor component={Link} to="/analytics" size="sm">
              All queries
            </Anchor>
          </Group>
        </Stack>
        {data && <DownloadFile query={query} />}
      </div>
      {isPending && <Skeleton height={320} role="status" aria-label="Loading the votes" />}
      {error && data === undefined && (
        <ErrorNotice title="The votes could not be loaded" error={error} retry={() => void refetch()} />
      )}
      {data === null && <Text>Nobody has voted on this query.</Text>}
      {data && <Feedback feedback={data} />}
    </Stack>
  );
}

function Feedback({
  feedback: { positive, negative, daily, first_at, last_at },
}: {
  feedback: QueryFeedback;
}) {
  return (
    <>
      <div>
        <VotesChart days={daily} />
        <Text size="sm" c="dimmed" mt="xs">
          First vote {moment(first_at)}, last vote {moment(last_at)}
        </Text>
      </div>
      <VotedPictures title="Found right" votes={positive} />
      <VotedPictures title="Found wrong" votes={negative} />
    </>
  );
}
