import { EmptyState, Loader, Text, TextInput } from '@mantine/core';
import { IconTagOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Link } from 'react-router';
import type { LabelCount } from '@/api/types';
import { imagesKey } from '@/shared/pictures/cache';
import { addressOf } from '@/shared/pictures/view';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { PageTitle } from '@/shared/PageTitle';
import classes from './LabelIndex.module.css';
import { labelsWith } from './labelsWith';
import { listLabels } from './listLabels';

/** Every label of the gallery with how many pictures have it, most used first. */
export function LabelIndex() {
  const { data, error, refetch } = useQuery({
    queryKey: [...imagesKey, 'labels'],
    queryFn: ({ signal }) => listLabels(signal),
  });
  return (
    <>
      <PageTitle>Labels</PageTitle>
      {data && <LabelList labels={data} />}
      {!data && !error && <Loader role="status" aria-label="Loading the labels" />}
      {!data && error && (
        <ErrorNotice title="The labels could not be loaded" error={error} retry={() => void refetch()} />
      )}
    </>
  );
}

function LabelList({ labels }: { labels: readonly LabelCount[] }) {
  const [words, setWords] = useState('');
  const shown = labelsWith(useDeferredValue(words), labels);
  if (labels.length === 0) return <NoLabels />;
  return (
    <>
      <TextInput
        type="search"
        label="Find a label"
        className={classes.field}
        value={words}
        onChange={({ currentTarget: { value } }) => setWords(value)}
      />
      <Text size="sm" c="dimmed" role="status">
        {shown.length.toLocaleString('en')} of {labels.length.toLocaleString('en')}, most used first
      </Text>
      <ul className={classes.labels} aria-label="Labels">
        {shown.map(({ label, count }) => (
          <li key={label}>
            <Link to={addressOf({ kind: 'label', label })}>
              <bdi>{label}</bdi> <span>{count.toLocaleString('en')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function NoLabels() {
  return (
    <EmptyState
      py="xl"
      icon={<IconTagOff stroke={1.25} aria-hidden />}
      title="No picture has a label yet"
      description="Labels come from the model, which has to be sure enough of them, or from a picture’s owner."
    />
  );
}
