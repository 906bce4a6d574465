import { Skeleton, Stack } from '@mantine/core';

/** Stands in for people who are being loaded. */
export function PeopleSkeleton() {
  return (
    <Stack gap="md" role="status" aria-label="Loading the people">
      {[1, 2, 3].map((key) => (
        <Skeleton key={key} height={44} radius="md" />
      ))}
    </Stack>
  );
}
