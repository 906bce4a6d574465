import { Button, EmptyState } from '@mantine/core';
import { IconEyeOff, IconPhoto, IconPhotoSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { imagesKey } from '@/shared/pictures/cache';
import { addressOf, type View } from '@/shared/pictures/view';
import { useSettings } from '@/shared/settings';
import { Quoted } from '@/shared/Quoted';
import { findWhyNothing } from './findWhyNothing';

/** Says why nothing was found, and what can be done about it. */
export function NothingFound({ view }: { view: View & { kind: 'search' } }) {
  const { model } = useSettings();
  const { data: why, isPending } = useQuery({
    queryKey: [...imagesKey, 'why nothing'],
    queryFn: ({ signal }) => findWhyNothing(signal),
  });
  if (isPending) return null;
  if (why === 'no pictures') {
    return (
      <EmptyState
        py="xl"
        icon={<IconPhoto stroke={1.25} aria-hidden />}
        title="No pictures yet"
        description="There is nothing to search before somebody adds pictures."
      />
    );
  }
  if (why === 'no captions') {
    return (
      <EmptyState
        py="xl"
        icon={<IconEyeOff stroke={1.25} aria-hidden />}
        title="No captions yet"
        description={
          model === null
            ? 'Pictures are found by what a model sees in them, and this gallery has no model yet.'
            : 'Pictures are found by what the model sees in them. It has not looked at any so far; try again in a moment.'
        }
      />
    );
  }
  return <NoMatch view={view} />;
}

function NoMatch({ view }: { view: View & { kind: 'search' } }) {
  const strict = view.min > 0;
  return (
    <EmptyState
      py="xl"
      icon={<IconPhotoSearch stroke={1.25} aria-hidden />}
      title={
        <>
          Nothing found
          {view.query !== '' && (
            <>
              {' '}
              for <Quoted>{view.query}</Quoted>
            </>
          )}
        </>
      }
      description={
        strict
          ? 'Pictures that fit less well are left out at present.'
          : view.filters
            ? 'Take away a filter, or try other words.'
            : 'Try fewer words, or plainer ones: “dog” rather than “my neighbour’s dog Rex”.'
      }
    >
      {strict && (
        <EmptyState.Actions>
          <Button component={Link} to={addressOf({ ...view, min: 0 })} replace variant="default">
            Show whatever could fit
          </Button>
        </EmptyState.Actions>
      )}
    </EmptyState>
  );
}
