import { Button, Stack, Text, Title } from '@mantine/core';
import { inWords, Problem } from '@/api/problem';

interface ClosedProps {
  error: Error;
  retry: () => void;
}

/** Says why there is no album, and what one can do about it. */
export function Closed({ error, retry }: ClosedProps) {
  const status = error instanceof Problem ? error.status : null;
  return (
    <Stack role="alert" align="center" ta="center" mt="15vh" maw="32rem" mx="auto">
      <Title order={1} size="h2">
        {TITLES[status ?? 0] ?? 'The album can’t be shown'}
      </Title>
      <Text>
        {status === 404
          ? 'The link has ended, or it is not complete. Ask who sent it to you for a new one.'
          : inWords(error)}
      </Text>
      {status !== 404 && (
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </Stack>
  );
}

const TITLES: Readonly<Record<number, string>> = {
  404: 'This link opens nothing any more',
  429: 'Too many tries for now',
};
