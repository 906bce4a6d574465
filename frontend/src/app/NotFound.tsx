import { Anchor, EmptyState } from '@mantine/core';
import { Link } from 'react-router';

export function NotFound() {
  return (
    <EmptyState py="xl" title={<h1>There is nothing at this address</h1>}>
      <EmptyState.Actions>
        <Anchor component={Link} to="/">
          Go to the pictures
        </Anchor>
      </EmptyState.Actions>
    </EmptyState>
  );
}
