import { Anchor, EmptyState } from '@mantine/core';
import { Link } from 'react-router';

export function NotFound() {
  return (
    <EmptyState py="xl" title="There is nothing at this address">
      <EmptyState.Actions>
        <Anchor component={Link} to="/">
          Go to the pictures
        </Anchor>
      </EmptyState.Actions>
    </EmptyState>
  );
}
