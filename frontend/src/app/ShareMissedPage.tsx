import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { PageTitle } from '@/shared/PageTitle';
import { usePageTitle } from '@/shared/usePageTitle';

/** Where files end that another app shared before this device was ready to take them in. */
export function ShareMissedPage() {
  usePageTitle('Not added');
  return (
    <>
      <PageTitle>Nothing was added</PageTitle>
      <Text my="md">
        This device was not ready to take in what you shared. It is now: go back to the other app and share
        once more, or add the pictures here.
      </Text>
      <Anchor component={Link} to="/">
        To the gallery
      </Anchor>
    </>
  );
}
