import { Button, Group, NativeSelect, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Recaption } from '@/api/types';
import { usePerson } from '@/api/person';
import { askToConfirm } from '@/shared/dialogs';
import { moment } from '@/shared/pictures/words';
import { useSettings } from '@/shared/settings';
import { ErrorNotice } from '@/shared/ErrorNotice';
import classes from './Administration.module.css';
import { getRecaption, recaption } from './requests';
import { adminKey, useAct } from './useAct';

const WATCHED_MS = 2000;

/** Having every picture captioned again, perhaps by another model, and how far that is. */
export function Recaptioning() {
  const person = usePerson();
  const { data, error, refetch } = useQuery({
    queryKey: [...adminKey, person?.sub, 'recaption'],
    queryFn: ({ signal }) => getRecaption(signal),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.job) ? WATCHED_MS : false),
  });
  return (
    <section aria-labelledby="recaptioning">
      <h2 id="recaptioning" className={classes.subtitle}>
        Caption every picture again
      </h2>
      {error && !data && (
        <ErrorNotice title="This could not be loaded" error={error} retry={() => void refetch()} />
      )}
      {data && (
        <Stack gap="md">
          {data.job && <Job job={data.job} />}
          {!isUnderWay(data.job) && <Begin models={data.models} />}
        </Stack>
      )}
    </section>
  );
}

type RecaptionJob = NonNullable<Recaption['job']>;

function isUnderWay(job: RecaptionJob | null | undefined): boolean {
  return job !== null && job !== undefined && job.state !== 'done';
}

function Job({ job }: { job: RecaptionJob }) {
  const { model, since, state, total, captioned, failed } = job;
  const { pause } = useSettings();
  const inShort = state === 'done' ? 'Done' : pause ? 'Waiting until captioning goes on' : 'Under way';
  const share = state === 'done' ? 100 : Math.min(99, (100 * (captioned + failed)) / Math.max(total, 1));
  return (
    <div>
      <Text>
        {/* The rest changes too often to be read out each time. */}
        <span role="status">{inShort}</span>: {captioned.toLocaleString('en')} of {total.toLocaleString('en')}{' '}
        pictures captioned by {model}
        {failed > 0 && `, ${failed.toLocaleString('en')} could not be`}
      </Text>
      <Progress value={share} mt="xs" aria-label="Pictures captioned again" />
      <Text size="sm" c="dimmed" mt={4}>
        Since {moment(since)}. Each picture keeps its caption until the new one is there.
      </Text>
    </div>
  );
}

function Begin({ models }: { models: readonly string[] }) {
  const [chosen, setChosen] = useState('');
  const act = useAct(recaption, () => 'Every picture will be captioned again.');
  const model = chosen || models[0];
  if (model === undefined) return <Text>No model is compiled yet.</Text>;
  const ask = () => {
    void askToConfirm({
      title: `Caption every picture again by ${model}?`,
      children:
        'That costs about as much as captioning did the first time. Titles and labels that people wrote stay.',
      labels: { confirm: 'Caption again', cancel: 'Leave as it is' },
      onConfirm: () => act.mutate(model),
    });
  };
  return (
    <Group align="end" gap="xs">
      <NativeSelect
        label="Model"
        data={[...models]}
        value={model}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Button variant="default" loading={act.isPending} onClick={ask}>
        Caption again
      </Button>
    </Group>
  );
}
