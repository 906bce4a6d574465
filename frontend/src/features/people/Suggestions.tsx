import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Suggestion } from '@/api/types';
import { ErrorNotice } from '@/shared/ErrorNotice';
import { PeopleList } from './PeopleList';
import { PeopleSkeleton } from './PeopleSkeleton';
import { useSuggestions } from './useUser';

/** People one may want to follow, and why; `none` where there is nobody. */
export function Suggestions({ none }: { none: ReactNode }) {
  const { data, error, refetch } = useSuggestions();
  if (data?.length === 0) return none;
  if (data) return <PeopleList label="Suggestions" people={data} note={whyOf} />;
  if (error)
    return <ErrorNotice title="Nobody could be suggested" error={error} retry={() => void refetch()} />;
  return <PeopleSkeleton />;
}

function whyOf({ shared }: Suggestion): ReactNode {
  return (
    <Text size="sm" c="dimmed">
      {shared === 1 ? 'Followed by one person you follow' : `Followed by ${shared} people you follow`}
    </Text>
  );
}
