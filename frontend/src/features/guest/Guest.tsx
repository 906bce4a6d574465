import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import { inWords, Problem } from '@/api/problem';
import { Album } from './Album';
import classes from './Guest.module.css';
import { PasswordQuestion } from './PasswordQuestion';
import { useLink } from './queries';

/** What who has a link sees of an album, or why there is nothing to see. */
export function Guest() {
  const { data: link, error, refetch } = useLink();
  return (
    <main className={classes.page}>
      {link && <Album link={link} />}
      {!link && !error && (
        <Center mih="60vh">
          <Loader role="status" aria-label="Opening the album" />
        </Center>
      )}
      {!link &&
        error &&
        (isAsking(error) ? <PasswordQuestion /> : <Closed error={error} retry={() => void refetch()} />)}
    </main>
  );
}

function isAsking(error: Error): boolean {
  return error instanceof Problem && error.status === 401;
}

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
