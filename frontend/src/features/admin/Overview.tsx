import { Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { usePerson } from '@/api/person';
import { byteSize } from '@/shared/pictures/words';
import { ErrorNotice } from '@/shared/ErrorNotice';
import classes from './Administration.module.css';
import { CaptionsChart } from './CaptionsChart';
import { Pausing } from './Pausing';
import { PicturesBar } from './PicturesBar';
import { Recaptioning } from './Recaptioning';
import { getStats } from './requests';
import { adminKey } from './useAct';

const FRESH_MS = 30_000;
const DOLLARS = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });

/** How much there is, how much is being done, and what that costs. */
export function Overview() {
  const person = usePerson();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...adminKey, person?.sub, 'stats'],
    queryFn: ({ signal }) => getStats(signal),
    refetchInterval: FRESH_MS,
  });
  if (isPending) return <Skeleton height={320} role="status" aria-label="Loading the overview" />;
  if (data === undefined)
    return (
      <ErrorNotice title="The overview could not be loaded" error={error} retry={() => void refetch()} />
    );
  const { pictures, bytes_stored, captions_per_hour, cost } = data;
  return (
    <Stack gap={40}>
      <section aria-labelledby="pictures">
        <h2 id="pictures" className={classes.subtitle}>
          Pictures
        </h2>
        <PicturesBar pictures={pictures} />
      </section>
      <section aria-labelledby="meter">
        <h2 id="meter" className={classes.subtitle}>
          Storage and cost
        </h2>
        <dl className={classes.figures}>
          <Figure name="Originals">{byteSize(bytes_stored)}</Figure>
          <Figure name="Captions this month">{cost.captions.toLocaleString('en')}</Figure>
          <Figure name="Cost this month, so far">{DOLLARS.format(cost.to_date)}</Figure>
          <Figure name="Cost of the whole month">about {DOLLARS.format(cost.month)}</Figure>
        </dl>
        <Text size="sm" c="dimmed" mt="sm">
          Estimated from Amazon’s list prices: uploads, captions and storage, at this month’s pace. Visitors,
          searches and language models come on top; a gallery on a laptop costs nothing.
        </Text>
      </section>
      <section aria-labelledby="per-hour">
        <h2 id="per-hour" className={classes.subtitle}>
          Captions per hour
        </h2>
        <CaptionsChart hours={captions_per_hour} />
      </section>
      <Pausing />
      <Recaptioning />
      <Anchor component={Link} to="/analytics">
        What people said of search results
      </Anchor>
    </Stack>
  );
}

function Figure({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
